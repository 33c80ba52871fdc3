package main

import (
	"encoding/json"
	"os"
)

type plan struct {
	Do        string
	Bootstrap string
	Settings  map[string]string
	Names     []string

	Topic       string
	Records     []record
	Repeat      int
	PauseMs     int `json:"pause_ms"`
	Flush       string
	End         string
	Transaction *struct {
		Size    int
		Endings []string
	}

	Topics     []string
	Group      *string
	Partitions []int32
	Count      int
	StallAfter int `json:"stall_after"`
	StallMs    int `json:"stall_ms"`
	Commit     string
}

type record struct {
	Value     *string
	Key       *string
	Partition *int32
	Timestamp *int64
	Headers   map[string]string
}

func readPlan(path string) (plan, error) {
	read := plan{Repeat: 1, Flush: "end", End: "close", Commit: "none"}
	text, err := os.ReadFile(path)
	if err != nil {
		return read, err
	}
	return read, json.Unmarshal(text, &read)
}
