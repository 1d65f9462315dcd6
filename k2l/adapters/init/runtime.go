package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// Runtime is Lambda's side of a custom runtime. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
type Runtime struct {
	base   string
	client *http.Client
}

// Invocation is one event and what Lambda says about it.
type Invocation struct {
	id       string
	trace    string
	deadline time.Time
	event    []byte
}

// FunctionError is how a run, or the start, failed. Trace is the end of what the command wrote to stderr.
type FunctionError struct {
	Message string   `json:"errorMessage"`
	Type    string   `json:"errorType"`
	Trace   []string `json:"stackTrace"`
}

func (e *FunctionError) Error() string {
	return e.Message
}

// newRuntime talks to the API at address. Calls have no time-out, because the init may be frozen in the middle of one, and no proxy.
func newRuntime(address string) *Runtime {
	return &Runtime{"http://" + address + "/2018-06-01/runtime/", &http.Client{Transport: &http.Transport{}}}
}

// next waits for an event.
func (r *Runtime) next() (*Invocation, error) {
	response, err := r.client.Get(r.base + "invocation/next")
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	event, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the runtime API has no next event: status %d", response.StatusCode)
	}
	deadline, err := strconv.ParseInt(response.Header.Get("Lambda-Runtime-Deadline-Ms"), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("the runtime API gives no deadline: %w", err)
	}
	return &Invocation{
		id:       response.Header.Get("Lambda-Runtime-Aws-Request-Id"),
		trace:    response.Header.Get("Lambda-Runtime-Trace-Id"),
		deadline: time.UnixMilli(deadline),
		event:    event,
	}, nil
}

// respond ends an invocation well.
func (r *Runtime) respond(id string, answer interface{}) error {
	return r.post("invocation/"+id+"/response", answer, "")
}

// fail ends an invocation with a function error.
func (r *Runtime) fail(id string, failed *FunctionError) error {
	return r.post("invocation/"+id+"/error", failed, failed.Type)
}

// failStart reports that there will be no invocation.
func (r *Runtime) failStart(failed *FunctionError) error {
	return r.post("init/error", failed, failed.Type)
}

func (r *Runtime) post(path string, body interface{}, errorType string) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPost, r.base+path, bytes.NewReader(data))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if errorType != "" {
		request.Header.Set("Lambda-Runtime-Function-Error-Type", errorType)
	}
	response, err := r.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode != http.StatusAccepted {
		return fmt.Errorf("the runtime API refuses %s: status %d", path, response.StatusCode)
	}
	return nil
}
