// The program client does with franz-go what a plan says and prints what comes of it. See ../README.md.
package main

import (
	"errors"
	"os"
	"runtime/debug"
)

func main() {
	plan, err := readPlan(os.Args[1])
	show("client", "franz-go", line{"version": version()})
	if err == nil {
		err = run(plan)
	}
	var lacking unsupported
	if errors.As(err, &lacking) {
		show("unsupported", string(lacking), nil)
		os.Exit(3)
	}
	if err != nil {
		showError(err)
		os.Exit(1)
	}
}

func run(plan plan) error {
	if plan.Do == "defaults" {
		return showDefaults(plan.Names)
	}
	options, err := optionsOf(plan)
	if err != nil {
		return err
	}
	if plan.Do == "produce" {
		return produce(plan, options)
	}
	return consume(plan, options)
}

func version() string {
	if built, ok := debug.ReadBuildInfo(); ok {
		for _, module := range built.Deps {
			if module.Path == "github.com/twmb/franz-go" {
				return module.Version
			}
		}
	}
	return "unknown"
}
