// Sarama. See ../README.md.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/IBM/sarama"
)

var codecs = map[string]sarama.CompressionCodec{
	"none": sarama.CompressionNone, "gzip": sarama.CompressionGZIP, "snappy": sarama.CompressionSnappy,
	"lz4": sarama.CompressionLZ4, "zstd": sarama.CompressionZSTD,
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func settings() *sarama.Config {
	config := sarama.NewConfig()
	config.Version = sarama.MaxVersion
	config.Producer.Return.Successes = true
	config.Producer.Partitioner = sarama.NewManualPartitioner
	config.Producer.RequiredAcks = sarama.WaitForAll
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	config.Consumer.Offsets.AutoCommit.Enable = false
	return config
}

func send(producer sarama.SyncProducer, topic, word string) {
	var messages []*sarama.ProducerMessage
	for i := 0; i < 50; i++ {
		value := fmt.Sprintf("%s %d %s", word, i, strings.Repeat("a", 200))
		messages = append(messages, &sarama.ProducerMessage{
			Topic: topic, Partition: int32(i % 2), Value: sarama.StringEncoder(value)})
	}
	must(producer.SendMessages(messages))
}

func produce(bootstrap, topic, names, endings string) {
	for _, codec := range strings.Split(names, ",") {
		config := settings()
		config.Producer.Compression = codecs[codec]
		producer, err := sarama.NewSyncProducer([]string{bootstrap}, config)
		must(err)
		send(producer, topic, codec)
		must(producer.Close())
	}
	if endings == "-" {
		return
	}
	config := settings()
	config.Producer.Idempotent = true
	config.Producer.Transaction.ID = topic + "-transaction"
	config.Net.MaxOpenRequests = 1
	producer, err := sarama.NewSyncProducer([]string{bootstrap}, config)
	must(err)
	for _, ending := range strings.Split(endings, ",") {
		must(producer.BeginTxn())
		send(producer, topic, ending)
		if ending == "committed" {
			must(producer.CommitTxn())
		} else {
			must(producer.AbortTxn())
		}
	}
	must(producer.Close())
}

// reader is told of the messages of all partitions, each on a goroutine of its own.
type reader struct {
	mutex sync.Mutex
	left  int
	done  context.CancelFunc
}

func (r *reader) Setup(sarama.ConsumerGroupSession) error   { return nil }
func (r *reader) Cleanup(sarama.ConsumerGroupSession) error { return nil }
func (r *reader) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for message := range claim.Messages() {
		r.mutex.Lock()
		if r.left > 0 {
			fmt.Println(message.Partition, message.Offset)
			session.MarkMessage(message, "")
			if r.left--; r.left == 0 {
				session.Commit()
				r.done()
			}
		}
		r.mutex.Unlock()
	}
	return nil
}

func consume(bootstrap, topic, group, isolation, mode string, left int) {
	config := settings()
	if isolation == "read_committed" {
		config.Consumer.IsolationLevel = sarama.ReadCommitted
	}
	if mode == "static" {
		config.Consumer.Group.InstanceId = "seat"
	}
	consumer, err := sarama.NewConsumerGroup([]string{bootstrap}, group, config)
	must(err)
	whole, done := context.WithCancel(context.Background())
	r := &reader{left: left, done: done}
	for whole.Err() == nil {
		must(consumer.Consume(whole, []string{topic}, r))
	}
	must(consumer.Close())
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
