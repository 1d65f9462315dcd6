package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestTheCredentialsOfATaskAreAskedForAgainBeforeTheyEnd(t *testing.T) {
	start, asked, broken := time.Now(), 0, false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if broken {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		asked++
		fmt.Fprintf(w, `{"AccessKeyId":"key%d","SecretAccessKey":"s","Token":"t","Expiration":%q}`, asked, start.Add(time.Hour).Format(time.RFC3339))
	}))
	defer server.Close()
	given := newTaskCredentials(func(name string) string {
		return map[string]string{"AWS_CONTAINER_CREDENTIALS_FULL_URI": server.URL}[name]
	})
	for _, step := range []struct {
		after time.Duration
		key   string
	}{{0, "key1"}, {50 * time.Minute, "key1"}, {56 * time.Minute, "key2"}} {
		found, err := given.current(start.Add(step.after))
		if err != nil || found.AccessKey != step.key {
			t.Errorf("after %s: %q, %v; wanted %q", step.after, found.AccessKey, err, step.key)
		}
	}
	broken = true
	if found, err := given.current(start.Add(57 * time.Minute)); err != nil || found.AccessKey != "key2" {
		t.Errorf("what is known does not hold until its end: %q, %v", found.AccessKey, err)
	}
	if _, err := given.current(start.Add(2 * time.Hour)); err == nil {
		t.Error("credentials that have ended are still used")
	}
}

func TestKeysOfTheEnvironmentNeedNoQuestion(t *testing.T) {
	if newTaskCredentials(func(name string) string { return "given" }) != nil {
		t.Error("a place is asked although there are keys")
	}
}
