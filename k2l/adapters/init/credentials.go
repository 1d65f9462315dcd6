package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// Where ECS answers for the role of a task. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
const taskCredentialsHost = "http://169.254.170.2"

// Credentials are asked for again when they are about to end.
const credentialsMargin = 5 * time.Minute

// taskCredentials are those of a task's role, which change while the task runs.
type taskCredentials struct {
	url   string
	mutex sync.Mutex
	known Credentials
	until time.Time
}

// newTaskCredentials is nil where the environment holds keys, as Lambda's does, or names no place to ask.
func newTaskCredentials(variable func(string) string) *taskCredentials {
	if variable("AWS_ACCESS_KEY_ID") != "" {
		return nil
	}
	if relative := variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"); relative != "" {
		return &taskCredentials{url: taskCredentialsHost + relative}
	}
	if full := variable("AWS_CONTAINER_CREDENTIALS_FULL_URI"); full != "" {
		return &taskCredentials{url: full}
	}
	return nil
}

// current asks where it has to; while that fails, what is known holds until its end.
func (t *taskCredentials) current(now time.Time) (Credentials, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if now.Before(t.until.Add(-credentialsMargin)) {
		return t.known, nil
	}
	known, until, err := t.ask()
	switch {
	case err == nil:
		t.known, t.until = known, until
	case !now.Before(t.until):
		return Credentials{}, fmt.Errorf("the credentials of the task cannot be had: %w", err)
	}
	return t.known, nil
}

func (t *taskCredentials) ask() (Credentials, time.Time, error) {
	client := http.Client{Timeout: attemptTime, Transport: &http.Transport{}}
	response, err := client.Get(t.url)
	if err != nil {
		return Credentials{}, time.Time{}, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return Credentials{}, time.Time{}, fmt.Errorf("HTTP status %d", response.StatusCode)
	}
	var said struct {
		AccessKeyId, SecretAccessKey, Token string
		Expiration                          time.Time
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, answerMax)).Decode(&said); err != nil {
		return Credentials{}, time.Time{}, err
	}
	return Credentials{said.AccessKeyId, said.SecretAccessKey, said.Token}, said.Expiration, nil
}
