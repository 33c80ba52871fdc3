package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// optionsByName are the options that a client is asked for the defaults of. Without the most requests in flight: what
// the client tells of it counts only without idempotence.
var optionsByName = map[string]any{
	"acks":                          kgo.RequiredAcks,
	"enable.idempotence":            kgo.DisableIdempotentWrite,
	"linger.ms":                     kgo.ProducerLinger,
	"batch.size":                    kgo.ProducerBatchMaxBytes,
	"compression.type":              kgo.ProducerBatchCompression,
	"retries":                       kgo.RecordRetries,
	"delivery.timeout.ms":           kgo.RecordDeliveryTimeout,
	"request.timeout.ms":            kgo.RequestTimeoutOverhead,
	"buffer.memory":                 kgo.MaxBufferedBytes,
	"transaction.timeout.ms":        kgo.TransactionTimeout,
	"partition.assignment.strategy": kgo.Balancers,
	"session.timeout.ms":            kgo.SessionTimeout,
	"heartbeat.interval.ms":         kgo.HeartbeatInterval,
	"auto.offset.reset":             kgo.ConsumeResetOffset,
	"enable.auto.commit":            kgo.DisableAutoCommit,
	"auto.commit.interval.ms":       kgo.AutoCommitInterval,
	"isolation.level":               kgo.FetchIsolationLevel,
	"allow.auto.create.topics":      kgo.AllowAutoTopicCreation,
	"client.id":                     kgo.ClientID,
	"metadata.max.age.ms":           kgo.MetadataMaxAge,
	"fetch.max.wait.ms":             kgo.FetchMaxWait,
	"fetch.min.bytes":               kgo.FetchMinBytes,
	"fetch.max.bytes":               kgo.FetchMaxBytes,
	"max.partition.fetch.bytes":     kgo.FetchMaxPartitionBytes,
}

func showDefaults(names []string) error {
	client, err := kgo.NewClient(kgo.ConsumerGroup("g")) // it connects only when there is something to do
	if err != nil {
		return err
	}
	defer client.Close()
	defaults := map[string]string{}
	for _, name := range names {
		if option, known := optionsByName[name]; known {
			if value, has := defaultText(name, client.OptValue(option)); has {
				defaults[name] = value
			}
		}
	}
	show("defaults", defaults, nil)
	return nil
}

func defaultText(name string, value any) (string, bool) {
	switch value := value.(type) {
	case bool:
		// What is asked for is whether idempotence and auto-commit are disabled.
		isDisabling := name == "enable.idempotence" || name == "enable.auto.commit"
		return fmt.Sprint(value != isDisabling), true
	case time.Duration:
		return limitText(name, value.Milliseconds()), true
	case int64:
		return limitText(name, value), true
	case kgo.Acks:
		return nameOf(value, map[kgo.Acks]string{kgo.AllISRAcks(): "all", kgo.LeaderAck(): "1", kgo.NoAck(): "0"})
	case kgo.Offset:
		return nameOf(value, map[kgo.Offset]string{
			kgo.NewOffset().AtStart(): "earliest", kgo.NewOffset().AtEnd(): "latest", kgo.NoResetOffset(): "none",
		})
	case []kgo.CompressionCodec:
		return codecNames(value), true
	case []kgo.GroupBalancer:
		return balancerNames(value), true
	case int8: // the isolation level
		return nameOf(value, map[int8]string{0: "read_uncommitted", 1: "read_committed"})
	}
	return fmt.Sprint(value), true
}

// limitText is for what franz-go has no limit of by default, which is 0 to it.
func limitText(name string, value int64) string {
	if value == 0 && (name == "delivery.timeout.ms" || name == "buffer.memory") {
		return "unlimited"
	}
	return fmt.Sprint(value)
}

func nameOf[T comparable](value T, names map[T]string) (string, bool) {
	name, known := names[value]
	return name, known
}

// codecNames has the codecs that are used, the first that the broker knows.
func codecNames(codecs []kgo.CompressionCodec) string {
	known := map[kgo.CompressionCodec]string{
		kgo.NoCompression(): "none", kgo.GzipCompression(): "gzip", kgo.SnappyCompression(): "snappy",
		kgo.Lz4Compression(): "lz4", kgo.ZstdCompression(): "zstd",
	}
	var names []string
	for _, codec := range codecs {
		names = append(names, known[codec])
	}
	return strings.Join(names, ",")
}

func balancerNames(balancers []kgo.GroupBalancer) string {
	var names []string
	for _, balancer := range balancers {
		names = append(names, balancer.ProtocolName())
	}
	return strings.Join(names, ",")
}
