// Command init is the first process of a function that k2l made from a container: see k2l/adapters/README.md.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
)

// Init is what stays the same for all events.
type Init struct {
	contract *Contract
	client   *Client
	given    Environment
	home     string
}

// Processes started by the main goroutine die with its thread, so that thread has to live as long as the init.
func init() {
	runtime.LockOSThread()
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == "check" {
		if _, err := readContract(os.Args[2]); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %s\n", os.Args[2], err)
			os.Exit(1)
		}
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "probe" {
		if err := probe(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	status, failed := start()
	if failed != nil {
		status = 1
		logf("%s: %s", failed.Type, failed.Message)
		if api := os.Getenv("AWS_LAMBDA_RUNTIME_API"); api != "" {
			if err := newRuntime(api).failStart(failed); err != nil {
				logf("%s", err)
			}
		}
	}
	os.Exit(status)
}

// start brings the workload up. It returns when the workload has ended, or with what keeps it from starting.
func start() (int, *FunctionError) {
	contract, err := readContract(contractFile)
	if err != nil {
		return 1, &FunctionError{contractFile + ": " + err.Error(), contractError, []string{}}
	}
	home, err := os.Getwd()
	if err != nil {
		home = "/"
	}
	i := &Init{contract: contract, given: environmentOf(os.Environ()), home: home}
	values, failed := i.read()
	if failed != nil {
		return 1, failed
	}
	if err := i.listen(values); err != nil {
		return 1, values.failure(prepareError, err)
	}
	// A container of a task is one like any other, whether it serves or runs once.
	if contract.Mode != jobMode {
		return i.serve(values)
	}
	// The runtime API is gone, or this environment is not clean: Lambda makes a new one.
	logf("%s", i.runJobs(values))
	return 1, nil
}

// read gets all values that the contract refers to.
func (i *Init) read() (Values, *FunctionError) {
	references := append(i.contract.references(), i.contract.listenReferences()...)
	if len(references) == 0 {
		return Values{}, nil
	}
	settings := awsSettings(os.Getenv)
	if err := settings.check(); err != nil {
		return nil, &FunctionError{err.Error(), referenceError, []string{}}
	}
	client, err := newClient(settings)
	if err != nil {
		return nil, &FunctionError{err.Error(), referenceError, []string{}}
	}
	i.client = client
	values, err := resolve(context.Background(), client, references)
	if err != nil {
		return nil, values.failure(referenceError, err)
	}
	return values, nil
}

// commandWith is the workload's command with its variables.
func (i *Init) commandWith(values Values) (*Command, error) {
	variables, err := buildEnvironment(i.given, i.contract.Environment, values)
	if err != nil {
		return nil, err
	}
	return i.contract.command(values, variables, i.home)
}
