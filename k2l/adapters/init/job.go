package main

import (
	"context"
	"errors"
	"os"
	"time"
)

// Jobs runs the workload once for every event.
type Jobs struct {
	*Init
	runtime *Runtime
	scratch Scratch
	// values are those read at the start, for the first event. Later ones read anew, as a new pod would.
	values Values
}

// answer is what a caller who waits gets for a run that went well.
type answer struct {
	ExitStatus *int   `json:"exitStatus,omitempty"`
	Skipped    string `json:"skipped,omitempty"`
}

// loop takes events until the runtime API, or this environment, cannot be used any more. It returns only with an error.
func (j *Jobs) loop() error {
	for {
		invocation, err := j.runtime.next()
		if err != nil {
			return err
		}
		said, failed, dirty := j.handle(invocation)
		if failed != nil {
			logf("%s", failed.Message)
			err = j.runtime.fail(invocation.id, failed)
		} else {
			err = j.runtime.respond(invocation.id, said)
		}
		if err = firstError(err, dirty); err != nil {
			return err
		}
	}
}

// handle runs the command for one event and leaves nothing behind it: no process, no file, no value. dirty says what it could not remove.
func (j *Jobs) handle(invocation *Invocation) (said answer, failed *FunctionError, dirty error) {
	begin := time.Now()
	values := j.values
	j.values = nil
	reason, err := skipped(invocation.event)
	if err != nil {
		return said, &FunctionError{err.Error(), "Job.BadEvent", []string{}}, nil
	}
	if reason != "" {
		logf("skipped: %s", reason)
		return answer{Skipped: reason}, nil, nil
	}
	limits := j.contract.Job.bounds(begin, invocation.deadline)
	if values == nil {
		ctx, cancel := context.WithDeadline(context.Background(), limits.kill)
		defer cancel()
		if values, err = resolve(ctx, j.client, j.contract.references()); err != nil {
			return said, values.failure(referenceError, err), nil
		}
	}
	ending, tail, failed := j.perform(invocation, values, limits)
	if wiped := j.scratch.wipe(); wiped != nil {
		dirty = wiped
	}
	if failed != nil {
		return said, failed, dirty
	}
	if !ending.clean {
		dirty = errLeft
	}
	status := 0
	return answer{ExitStatus: &status}, ending.failure(limits, tail.lines(redactor(values.confidential()))), dirty
}

// perform prepares and runs the command.
func (j *Jobs) perform(invocation *Invocation, values Values, limits bounds) (Ending, *Tail, *FunctionError) {
	tail := &Tail{}
	if err := j.contract.prepare(values); err != nil {
		return Ending{}, nil, values.failure(prepareError, err)
	}
	if err := writeFile(eventFile, string(invocation.event), 0o600); err != nil {
		return Ending{}, nil, values.failure(prepareError, err)
	}
	command, err := j.commandWith(values)
	if err != nil {
		return Ending{}, nil, values.failure(commandError, err)
	}
	command.variables["K2L_EVENT_FILE"] = eventFile
	if invocation.trace != "" {
		command.variables["_X_AMZN_TRACE_ID"] = invocation.trace
	}
	ending, err := run(command, limits, tail)
	if err != nil {
		return Ending{}, nil, values.failure(commandError, err)
	}
	return ending, tail, nil
}

// runJobs is the init's mode job. It returns only with an error.
func (i *Init) runJobs(values Values) error {
	api := os.Getenv("AWS_LAMBDA_RUNTIME_API")
	if api == "" {
		return errors.New("AWS_LAMBDA_RUNTIME_API is not set: nobody has an event to run the command for")
	}
	// /tmp outlives an init that was killed in the middle of a run.
	if err := removeAll(ownFolder); err != nil {
		return err
	}
	scratch, err := rememberScratch(scratchFolders)
	if err != nil {
		return err
	}
	if err := adoptOrphans(); err != nil {
		return err
	}
	jobs := &Jobs{i, newRuntime(api), scratch, values}
	return jobs.loop()
}
