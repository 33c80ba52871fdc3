package main

import (
	"context"
	"os/signal"
	"syscall"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// produce sends the records of a plan.
func produce(plan plan, options []kgo.Opt) error {
	stopped := context.Background()
	if plan.End == "stay" {
		var forget func()
		stopped, forget = signal.NotifyContext(stopped, syscall.SIGTERM)
		defer forget()
	}
	partitioner, err := partitionerFor(plan.Records)
	if err != nil {
		return err
	}
	client, err := kgo.NewClient(append(options, partitioner...)...)
	if err != nil {
		return err
	}
	if err := sendAll(stopped, client, plan); err != nil {
		return err
	}
	if plan.End == "exit" {
		return nil
	}
	if plan.End == "stay" {
		<-stopped.Done()
	}
	client.Close()
	return nil
}

// partitionerFor has the option without which franz-go does not look at the partition of a record: then it counts for
// all records.
func partitionerFor(records []record) ([]kgo.Opt, error) {
	chosen := 0
	for _, record := range records {
		if record.Partition != nil {
			chosen++
		}
	}
	switch chosen {
	case 0:
		return nil, nil
	case len(records):
		return []kgo.Opt{kgo.RecordPartitioner(kgo.ManualPartitioner())}, nil
	}
	return nil, unsupported("partition")
}

func sendAll(stopped context.Context, client *kgo.Client, plan plan) error {
	total := len(plan.Records) * plan.Repeat
	for sent := 0; sent < total && stopped.Err() == nil; {
		if plan.Transaction != nil && sent%plan.Transaction.Size == 0 {
			if err := client.BeginTransaction(); err != nil {
				return err
			}
		}
		send(client, plan.Topic, plan.Records[sent%len(plan.Records)])
		sent++
		if plan.Flush == "each" {
			if err := flush(client); err != nil {
				return err
			}
		}
		if plan.Transaction != nil && (sent%plan.Transaction.Size == 0 || sent == total) {
			if err := endTransaction(client, plan, (sent-1)/plan.Transaction.Size); err != nil {
				return err
			}
		}
		time.Sleep(time.Duration(plan.PauseMs) * time.Millisecond)
	}
	if plan.Flush == "end" && plan.Transaction == nil {
		return flush(client)
	}
	return nil
}

func send(client *kgo.Client, topic string, record record) {
	began := time.Now()
	client.Produce(context.Background(), recordOf(topic, record), func(produced *kgo.Record, err error) {
		if err != nil {
			show("failed", record.Value, line{"error": err.Error(), "ms": since(began)})
			return
		}
		show("acked", record.Value, line{"partition": produced.Partition, "offset": produced.Offset, "ms": since(began)})
	})
	show("sent", record.Value, line{"ms": since(began)})
}

func recordOf(topic string, record record) *kgo.Record {
	made := &kgo.Record{Topic: topic, Key: bytesOf(record.Key), Value: bytesOf(record.Value)}
	if record.Partition != nil {
		made.Partition = *record.Partition
	}
	if record.Timestamp != nil {
		made.Timestamp = time.UnixMilli(*record.Timestamp)
	}
	for name, header := range record.Headers {
		made.Headers = append(made.Headers, kgo.RecordHeader{Key: name, Value: []byte(header)})
	}
	return made
}

func bytesOf(text *string) []byte {
	if text == nil {
		return nil
	}
	return []byte(*text)
}

func flush(client *kgo.Client) error {
	began := time.Now()
	err := client.Flush(context.Background())
	if err == nil {
		show("flushed", true, line{"ms": since(began)})
	}
	return err
}

func endTransaction(client *kgo.Client, plan plan, number int) error {
	if plan.Flush == "end" {
		if err := flush(client); err != nil { // what has not left by the end is not part of it
			return err
		}
	}
	ending := plan.Transaction.Endings[number%len(plan.Transaction.Endings)]
	return client.EndTransaction(context.Background(), ending == "commit")
}
