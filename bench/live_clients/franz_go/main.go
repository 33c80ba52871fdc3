// franz-go. See ../README.md.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/twmb/franz-go/pkg/kgo"
)

var codecs = map[string]kgo.CompressionCodec{
	"none": kgo.NoCompression(), "gzip": kgo.GzipCompression(), "snappy": kgo.SnappyCompression(),
	"lz4": kgo.Lz4Compression(), "zstd": kgo.ZstdCompression(),
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func client(options ...kgo.Opt) *kgo.Client {
	made, err := kgo.NewClient(options...)
	must(err)
	return made
}

func send(producer *kgo.Client, topic, word string) {
	var records []*kgo.Record
	for i := 0; i < 50; i++ {
		value := fmt.Sprintf("%s %d %s", word, i, strings.Repeat("a", 200))
		records = append(records, &kgo.Record{Topic: topic, Partition: int32(i % 2), Value: []byte(value)})
	}
	must(producer.ProduceSync(context.Background(), records...).FirstErr())
}

func produce(bootstrap, topic, names, endings string) {
	manual := kgo.RecordPartitioner(kgo.ManualPartitioner())
	for _, codec := range strings.Split(names, ",") {
		producer := client(kgo.SeedBrokers(bootstrap), manual, kgo.ProducerBatchCompression(codecs[codec]))
		send(producer, topic, codec)
		producer.Close()
	}
	if endings == "-" {
		return
	}
	producer := client(kgo.SeedBrokers(bootstrap), manual, kgo.TransactionalID(topic+"-transaction"))
	defer producer.Close()
	for _, ending := range strings.Split(endings, ",") {
		must(producer.BeginTransaction())
		send(producer, topic, ending)
		must(producer.EndTransaction(context.Background(), ending == "committed"))
	}
}

func consume(bootstrap, topic, group, isolation, mode string, left int) {
	options := []kgo.Opt{
		kgo.SeedBrokers(bootstrap), kgo.ConsumerGroup(group), kgo.ConsumeTopics(topic), kgo.DisableAutoCommit(),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
	}
	if isolation == "read_committed" {
		options = append(options, kgo.FetchIsolationLevel(kgo.ReadCommitted()))
	}
	switch mode {
	case "classic":
		options = append(options, kgo.Balancers(kgo.RangeBalancer()))
	case "static":
		options = append(options, kgo.InstanceID("seat"))
	case "consumer":
		options = append(options, kgo.WithContext(
			context.WithValue(context.Background(), "opt_in_kafka_next_gen_balancer_beta", true)))
	}
	consumer := client(options...)
	for left > 0 {
		fetches := consumer.PollRecords(context.Background(), left)
		must(fetches.Err())
		fetches.EachRecord(func(record *kgo.Record) {
			fmt.Println(record.Partition, record.Offset)
			left--
		})
	}
	must(consumer.CommitUncommittedOffsets(context.Background()))
	consumer.Close()
}

func main() {
	args := os.Args[1:]
	if args[0] == "produce" {
		produce(args[1], args[2], args[3], args[4])
		return
	}
	count, err := strconv.Atoi(args[6])
	must(err)
	consume(args[1], args[2], args[3], args[4], args[5], count)
}
