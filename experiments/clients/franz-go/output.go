package main

import (
	"encoding/json"
	"os"
	"sync"
	"time"
)

var (
	start      = time.Now()
	oneAtATime sync.Mutex
)

// line is what is printed: a JSON object.
type line map[string]any

// show prints a line whose first field is the one named, which says what the line is about.
func show(first string, about any, rest line) {
	oneAtATime.Lock()
	defer oneAtATime.Unlock()
	text := `{"` + first + `": ` + encoded(about)
	if len(rest) > 0 {
		text += ", " + encoded(rest)[1:]
	} else {
		text += "}"
	}
	os.Stdout.WriteString(text + "\n")
}

func encoded(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// since is the milliseconds since a moment.
func since(moment time.Time) float64 {
	return float64(time.Since(moment).Microseconds()) / 1000
}

func showError(err error) {
	show("error", err.Error(), line{"ms": since(start)})
}
