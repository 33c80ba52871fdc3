package main

import (
	"context"
	"os"
	"os/signal"
	"sort"
	"syscall"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// receiving is a consumer at work.
type receiving struct {
	plan     plan
	client   *kgo.Client
	received int
	latest   map[partition]*kgo.Record
}

type partition struct {
	topic  string
	number int32
}

// consume receives records as a plan says.
func consume(plan plan, options []kgo.Opt) error {
	stopped, forget := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer forget()
	client, err := newConsumer(plan, options)
	if err != nil {
		return err
	}
	work := &receiving{plan: plan, client: client, latest: map[partition]*kgo.Record{}}
	work.receiveAll(stopped)
	if plan.End == "exit" {
		os.Exit(0)
	}
	if plan.Commit == "end" {
		work.commitLatest()
	}
	client.Close()
	return nil
}

func newConsumer(plan plan, options []kgo.Opt) (*kgo.Client, error) {
	options = append(options, kgo.WithLogger(rebalances{}))
	if plan.Group != nil {
		if plan.Partitions != nil {
			return nil, unsupported("partitions") // franz-go is a member of a group or reads given partitions
		}
		options = append(options, kgo.ConsumerGroup(*plan.Group))
	}
	if plan.Partitions == nil {
		return kgo.NewClient(append(options, kgo.ConsumeTopics(plan.Topics...))...)
	}
	client, err := kgo.NewClient(options...)
	if err == nil {
		client.AddConsumePartitions(assigned(plan, client))
	}
	return client, err
}

// assigned has the partitions of a plan, each from where the client begins when nothing else is known.
func assigned(plan plan, client *kgo.Client) map[string]map[int32]kgo.Offset {
	begin := client.OptValue(kgo.ConsumeResetOffset).(kgo.Offset)
	partitions := map[int32]kgo.Offset{}
	for _, number := range plan.Partitions {
		partitions[number] = begin
	}
	return map[string]map[int32]kgo.Offset{plan.Topics[0]: partitions}
}

func (work *receiving) receiveAll(stopped context.Context) {
	for !work.isDone() {
		fetches := work.client.PollFetches(stopped)
		if stopped.Err() != nil {
			return
		}
		fetches.EachError(func(_ string, _ int32, err error) { showError(err) })
		for records := fetches.RecordIter(); !records.Done() && !work.isDone(); {
			work.receive(records.Next())
		}
	}
}

func (work *receiving) isDone() bool {
	return work.plan.Count != 0 && work.received >= work.plan.Count
}

func (work *receiving) receive(record *kgo.Record) {
	headers := map[string]any{}
	for _, header := range record.Headers {
		headers[header.Key] = textOf(header.Value)
	}
	show("received", textOf(record.Value), line{
		"topic": record.Topic, "partition": record.Partition, "offset": record.Offset, "key": textOf(record.Key),
		"timestamp": record.Timestamp.UnixMilli(), "headers": headers, "ms": since(start),
	})
	work.received++
	work.latest[partition{record.Topic, record.Partition}] = record
	if work.plan.Commit == "each" {
		work.commit(record)
	}
	if work.received == work.plan.StallAfter {
		time.Sleep(time.Duration(work.plan.StallMs) * time.Millisecond)
	}
}

func textOf(data []byte) any {
	if data == nil {
		return nil
	}
	return string(data)
}

func (work *receiving) commitLatest() {
	var records []*kgo.Record
	for _, record := range work.latest {
		records = append(records, record)
	}
	work.commit(records...)
}

func (work *receiving) commit(records ...*kgo.Record) {
	if err := work.client.CommitRecords(context.Background(), records...); err != nil {
		showError(err) // such as a member that was removed: it goes on and joins again
		return
	}
	show("committed", true, line{"ms": since(start)})
}

// rebalances prints what franz-go logs of them. A callback would take the place of its own at a revocation, which
// commits.
type rebalances struct{}

func (rebalances) Level() kgo.LogLevel { return kgo.LogLevelDebug }

func (rebalances) Log(_ kgo.LogLevel, message string, details ...any) {
	names := map[string]string{
		"entering OnPartitionsAssigned": "assigned",
		"entering OnPartitionsRevoked":  "revoked",
		"entering OnPartitionsLost":     "revoked",
	}
	if name, told := names[message]; told {
		show(name, list(details[1].(map[string][]int32)), line{"ms": since(start)})
	}
}

func list(topics map[string][]int32) [][]any {
	listed := [][]any{}
	for topic, numbers := range topics {
		sort.Slice(numbers, func(a, b int) bool { return numbers[a] < numbers[b] })
		for _, number := range numbers {
			listed = append(listed, []any{topic, number})
		}
	}
	return listed
}
