package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// Types of errors before a command runs; k2l/adapters/README.md explains them.
const (
	contractError  = "Init.Contract"
	referenceError = "Init.Reference"
	prepareError   = "Init.Prepare"
	commandError   = "Init.Command"
)

var errLeft = errors.New("a process of the command outlived SIGKILL: this environment is given up")

// A message's first KB becomes an attribute of what Lambda sends to a dead-letter queue.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
const lastLineMax = 500

// failure is an error of the init itself, without any of the values.
func (v Values) failure(kind string, err error) *FunctionError {
	return &FunctionError{redactor(v.confidential())(err.Error()), kind, []string{}}
}

// failure is nil when the command ended well; lines are the last of its stderr.
func (e Ending) failure(limits bounds, lines []string) *FunctionError {
	var kind, message string
	switch {
	case e.asked:
		kind, message = "Job.DeadlineExceeded", limits.reason+"; the command, asked to end, "+describe(e.status)
	case e.status.Signaled():
		kind, message = "Job.Signal", "the command "+describe(e.status)
		if e.status.Signal() == syscall.SIGKILL {
			message += ", as it is when memory runs out"
		}
	case e.status.ExitStatus() != 0:
		kind, message = "Job.ExitStatus", "the command "+describe(e.status)
	default:
		return nil
	}
	if len(lines) > 0 {
		last := lines[len(lines)-1]
		if len(last) > lastLineMax {
			last = strings.ToValidUTF8(last[:lastLineMax], "") + "..."
		}
		message += ": " + last
	}
	return &FunctionError{message, kind, lines}
}

func logf(format string, arguments ...interface{}) {
	fmt.Fprintf(os.Stderr, "k2l-init: "+format+"\n", arguments...)
}
