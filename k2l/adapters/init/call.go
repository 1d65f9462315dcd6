package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Answers of both services are far smaller: a secret has at most 64 KB, a page of parameters 10 of 8 KB.
const answerMax = 4 << 20

// A call that has not been answered by then is tried again.
const attemptTime = 5 * time.Second

// Failure is an answer of a service that is not the one asked for.
type Failure struct {
	Status  int
	Type    string
	Message string
}

func (f *Failure) Error() string {
	if f.Type == "" {
		return fmt.Sprintf("HTTP status %d", f.Status)
	}
	return strings.TrimSpace(f.Type + ": " + f.Message)
}

// call asks a service that speaks AWS's JSON protocol 1.1, as often as it takes. service is also the name it is signed for.
// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
func (c *Client) call(ctx context.Context, service, target string, in, out interface{}) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return retry(ctx, func() error {
		attempt, cancel := context.WithTimeout(ctx, attemptTime)
		defer cancel()
		return c.ask(attempt, service, target, body, out)
	})
}

func (c *Client) ask(ctx context.Context, service, target string, body []byte, out interface{}) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.settings.endpoint(service), bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-amz-json-1.1")
	request.Header.Set("X-Amz-Target", target)
	settings, err := c.settings.now()
	if err != nil {
		return err
	}
	sign(request, body, service, settings, time.Now())
	response, err := c.roundTrip(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, answerMax))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return failure(response, answer)
	}
	return json.Unmarshal(answer, out)
}

func failure(response *http.Response, answer []byte) *Failure {
	var said struct {
		Type    string `json:"__type"`
		Message string `json:"message"` // both Message and message are read: the decoder ignores case
	}
	// An answer that is not JSON comes from something in between: the status has to do.
	_ = json.Unmarshal(answer, &said)
	if said.Type == "" {
		said.Type = response.Header.Get("X-Amzn-ErrorType")
	}
	name, _, _ := strings.Cut(said.Type, ":")
	return &Failure{response.StatusCode, name[strings.LastIndexByte(name, '#')+1:], said.Message}
}
