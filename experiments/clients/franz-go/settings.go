package main

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// unsupported is the name of a setting that franz-go lacks.
type unsupported string

func (name unsupported) Error() string { return "unsupported: " + string(name) }

// translation makes an option of a setting's value: nil where that is how franz-go is without an option, and false
// where it has no such value.
type translation func(value string) (kgo.Opt, bool)

var translations = map[string]translation{
	"acks":                                  oneOf(acks),
	"enable.idempotence":                    unless("true", kgo.DisableIdempotentWrite()),
	"linger.ms":                             duration(func(d time.Duration) kgo.Opt { return kgo.ProducerLinger(d) }),
	"batch.size":                            number(func(n int) kgo.Opt { return kgo.ProducerBatchMaxBytes(int32(n)) }),
	"compression.type":                      oneOf(codecs),
	"max.in.flight.requests.per.connection": number(func(n int) kgo.Opt { return kgo.MaxProduceRequestsInflightPerBroker(n) }),
	"retries":                               number(func(n int) kgo.Opt { return kgo.RecordRetries(n) }),
	"delivery.timeout.ms":                   duration(func(d time.Duration) kgo.Opt { return kgo.RecordDeliveryTimeout(d) }),
	"request.timeout.ms":                    duration(func(d time.Duration) kgo.Opt { return kgo.RequestTimeoutOverhead(d) }),
	"buffer.memory":                         number(func(n int) kgo.Opt { return kgo.MaxBufferedBytes(n) }),
	"transactional.id":                      text(func(s string) kgo.Opt { return kgo.TransactionalID(s) }),
	"transaction.timeout.ms":                duration(func(d time.Duration) kgo.Opt { return kgo.TransactionTimeout(d) }),
	"partition.assignment.strategy":         balancers,
	"group.instance.id":                     text(func(s string) kgo.Opt { return kgo.InstanceID(s) }),
	"session.timeout.ms":                    duration(func(d time.Duration) kgo.Opt { return kgo.SessionTimeout(d) }),
	"heartbeat.interval.ms":                 duration(func(d time.Duration) kgo.Opt { return kgo.HeartbeatInterval(d) }),
	"auto.offset.reset":                     oneOf(resets),
	"enable.auto.commit":                    unless("true", kgo.DisableAutoCommit()),
	"auto.commit.interval.ms":               duration(func(d time.Duration) kgo.Opt { return kgo.AutoCommitInterval(d) }),
	"isolation.level":                       oneOf(levels),
	"allow.auto.create.topics":              unless("false", kgo.AllowAutoTopicCreation()),
	"client.id":                             text(func(s string) kgo.Opt { return kgo.ClientID(s) }),
	"metadata.max.age.ms":                   duration(func(d time.Duration) kgo.Opt { return kgo.MetadataMaxAge(d) }),
	"fetch.max.wait.ms":                     duration(func(d time.Duration) kgo.Opt { return kgo.FetchMaxWait(d) }),
	"fetch.min.bytes":                       number(func(n int) kgo.Opt { return kgo.FetchMinBytes(int32(n)) }),
	"fetch.max.bytes":                       number(func(n int) kgo.Opt { return kgo.FetchMaxBytes(int32(n)) }),
	"max.partition.fetch.bytes":             number(func(n int) kgo.Opt { return kgo.FetchMaxPartitionBytes(int32(n)) }),
}

var acks = map[string]kgo.Opt{
	"all": kgo.RequiredAcks(kgo.AllISRAcks()),
	"-1":  kgo.RequiredAcks(kgo.AllISRAcks()),
	"1":   kgo.RequiredAcks(kgo.LeaderAck()),
	"0":   kgo.RequiredAcks(kgo.NoAck()),
}

var codecs = map[string]kgo.Opt{
	"none":   kgo.ProducerBatchCompression(kgo.NoCompression()),
	"gzip":   kgo.ProducerBatchCompression(kgo.GzipCompression()),
	"snappy": kgo.ProducerBatchCompression(kgo.SnappyCompression()),
	"lz4":    kgo.ProducerBatchCompression(kgo.Lz4Compression()),
	"zstd":   kgo.ProducerBatchCompression(kgo.ZstdCompression()),
}

var resets = map[string]kgo.Opt{
	"earliest": kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
	"latest":   kgo.ConsumeResetOffset(kgo.NewOffset().AtEnd()),
	"none":     kgo.ConsumeResetOffset(kgo.NoResetOffset()),
}

var levels = map[string]kgo.Opt{
	"read_committed":   kgo.FetchIsolationLevel(kgo.ReadCommitted()),
	"read_uncommitted": kgo.FetchIsolationLevel(kgo.ReadUncommitted()),
}

// As librdkafka and as Java call them.
var balancersByName = map[string]func() kgo.GroupBalancer{
	"range":              kgo.RangeBalancer,
	"roundrobin":         kgo.RoundRobinBalancer,
	"sticky":             kgo.StickyBalancer,
	"cooperative-sticky": kgo.CooperativeStickyBalancer,
	"org.apache.kafka.clients.consumer.RangeAssignor":             kgo.RangeBalancer,
	"org.apache.kafka.clients.consumer.RoundRobinAssignor":        kgo.RoundRobinBalancer,
	"org.apache.kafka.clients.consumer.StickyAssignor":            kgo.StickyBalancer,
	"org.apache.kafka.clients.consumer.CooperativeStickyAssignor": kgo.CooperativeStickyBalancer,
}

func balancers(value string) (kgo.Opt, bool) {
	var chosen []kgo.GroupBalancer
	for _, name := range strings.Split(value, ",") {
		balancer, known := balancersByName[name]
		if !known {
			return nil, false
		}
		chosen = append(chosen, balancer())
	}
	return kgo.Balancers(chosen...), true
}

func oneOf(options map[string]kgo.Opt) translation {
	return func(value string) (kgo.Opt, bool) {
		option, known := options[value]
		return option, known
	}
}

// unless is for what is so without an option, and otherwise with this one.
func unless(without string, option kgo.Opt) translation {
	return func(value string) (kgo.Opt, bool) {
		if value == without {
			return nil, true
		}
		return option, true
	}
}

func text(option func(string) kgo.Opt) translation {
	return func(value string) (kgo.Opt, bool) { return option(value), true }
}

func number(option func(int) kgo.Opt) translation {
	return func(value string) (kgo.Opt, bool) {
		parsed, err := strconv.Atoi(value)
		return option(parsed), err == nil
	}
}

func duration(option func(time.Duration) kgo.Opt) translation {
	return number(func(ms int) kgo.Opt { return option(time.Duration(ms) * time.Millisecond) })
}

// optionsOf has the options of the settings of a plan; the error is unsupported if there is no such option.
func optionsOf(plan plan) ([]kgo.Opt, error) {
	options := []kgo.Opt{kgo.SeedBrokers(plan.Bootstrap)}
	for _, name := range sortedNames(plan.Settings) {
		translate, known := translations[name]
		if !known {
			return nil, unsupported(name)
		}
		option, known := translate(plan.Settings[name])
		if !known {
			return nil, unsupported(name)
		}
		if option != nil {
			options = append(options, option)
		}
	}
	return options, nil
}

func sortedNames(settings map[string]string) []string {
	var names []string
	for name := range settings {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
