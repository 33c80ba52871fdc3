#pragma once

#include <vector>

#include "experiments/experiment.hpp"

namespace klab {

// One file each in experiments/plays/, by what they are about.

// Clients when nothing is set, client by client.
std::vector<Experiment> default_experiments();           ///< what a producer does
std::vector<Experiment> consumer_default_experiments();  ///< the same of consumers
std::vector<Experiment> delivery_experiments();          ///< how often a record is read
std::vector<Experiment> autocreate_experiments();        ///< whether missing topics are created

// Where records go, and in what order they come.
std::vector<Experiment> order_experiments();      ///< order in partitions and topics
std::vector<Experiment> key_experiments();        ///< which partition a key has
std::vector<Experiment> nokey_experiments();      ///< and which a record without one
std::vector<Experiment> record_experiments();     ///< what a record holds, and which are accepted
std::vector<Experiment> timestamp_experiments();  ///< whose clock a record's timestamp is

// How producers send.
std::vector<Experiment> batch_experiments();        ///< what ends a batch: linger.ms, batch.size
std::vector<Experiment> buffer_experiments();       ///< what a producer does when its buffer is full
std::vector<Experiment> compression_experiments();  ///< who compresses
std::vector<Experiment> flush_experiments();  ///< whether flush waits, and what becomes of records without it
std::vector<Experiment> acks_zero_experiments();    ///< what a producer knows with acks=0
std::vector<Experiment> cost_experiments();         ///< what acknowledgements and flushes cost
std::vector<Experiment> retry_experiments();        ///< duplicates of what is sent again
std::vector<Experiment> retry_order_experiments();  ///< the order of what is sent again
std::vector<Experiment> transaction_experiments();  ///< what readers see of transactions
std::vector<Experiment> fencing_experiments();      ///< producers with the same transactional id

// How consumers read, alone and in groups.
std::vector<Experiment> fetching_experiments();       ///< how records come to consumers
std::vector<Experiment> group_experiments();          ///< who reads what
std::vector<Experiment> rebalance_experiments();      ///< what members do and are told while a group changes
std::vector<Experiment> takeover_experiments();       ///< members that die
std::vector<Experiment> static_member_experiments();  ///< members that come back
std::vector<Experiment> polling_experiments();        ///< members that stop polling
std::vector<Experiment> offset_experiments();         ///< committed offsets
std::vector<Experiment> offset_expiry_experiments();  ///< their end; takes more than a minute

// What brokers keep, alone and together.
std::vector<Experiment> retention_experiments();    ///< what is deleted for its age
std::vector<Experiment> segment_experiments();      ///< files of a log, and what compaction leaves in them
std::vector<Experiment> flushing_experiments();     ///< what is forced to disk
std::vector<Experiment> in_sync_experiments();      ///< who must have a record: acknowledged, read
std::vector<Experiment> leader_loss_experiments();  ///< what is left when brokers are lost

// What else there is.
std::vector<Experiment> surrounding_experiments();  ///< what a broker needs beside itself
std::vector<Experiment> connect_experiments();      ///< Kafka Connect
std::vector<Experiment> registry_experiments();     ///< Schema Registry

}  // namespace klab
