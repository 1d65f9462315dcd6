package main

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// served is a client of a store that answers as answer says: a status and a body for each target and what it is asked for.
func served(t *testing.T, answer func(target string, in map[string]interface{}) (int, string)) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		in := map[string]interface{}{}
		_ = json.Unmarshal(body, &in)
		status, text := answer(r.Header.Get("X-Amz-Target"), in)
		w.WriteHeader(status)
		fmt.Fprint(w, text)
	}))
	t.Cleanup(server.Close)
	variables := map[string]string{"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_ENDPOINT_URL": server.URL}
	client, err := newClient(awsSettings(func(name string) string { return variables[name] }))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestWhatPassesIsTriedAgainAndWhatDoesNotIsNot(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		passes bool
	}{
		{400, `{"__type": "ThrottlingException", "message": "slow down"}`, true},
		{400, `{"__type": "com.amazonaws.ssm#TooManyRequestsException"}`, true},
		{500, `{"__type": "InternalServiceError"}`, true},
		{503, `<html>`, true},
		{400, `{"__type": "com.amazonaws.secretsmanager#AccessDeniedException:http://x", "Message": "not you"}`, false},
	} {
		var asked int32
		client := served(t, func(string, map[string]interface{}) (int, string) {
			if atomic.AddInt32(&asked, 1) == 1 {
				return c.status, c.body
			}
			return 200, `{"SecretString": "{\"k\": \"v\"}"}`
		})
		members, err := readSecret(context.Background(), client, "db")
		if c.passes != (err == nil && members["k"] == "v" && asked == 2) {
			t.Errorf("%d %s: %v after %d requests", c.status, c.body, err, asked)
		}
		if !c.passes && (asked != 1 || err.Error() != "AccessDeniedException: not you") {
			t.Errorf("%v after %d requests", err, asked)
		}
	}
}

func TestTryingAgainEnds(t *testing.T) {
	var asked int32
	client := served(t, func(string, map[string]interface{}) (int, string) {
		atomic.AddInt32(&asked, 1)
		return 500, ""
	})
	if _, err := readSecret(context.Background(), client, "db"); err == nil || asked != attempts {
		t.Errorf("%v after %d requests", err, asked)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	asked = 0
	if _, err := readSecret(ctx, client, "db"); err == nil || asked != 0 {
		t.Errorf("%v after %d requests", err, asked)
	}
}

func TestAPathIsReadToItsLastPage(t *testing.T) {
	client := served(t, func(target string, in map[string]interface{}) (int, string) {
		if target != "AmazonSSM.GetParametersByPath" || in["Path"] != "/shop/web" || in["WithDecryption"] != true {
			return 400, `{"__type": "ValidationException"}`
		}
		if in["NextToken"] == nil {
			return 200, `{"Parameters": [{"Name": "/shop/web/a", "Value": "1", "Type": "String"}], "NextToken": "more"}`
		}
		return 200, `{"Parameters": [{"Name": "/shop/web/b.c", "Value": "2", "Type": "SecureString"}]}`
	})
	answer := readPath(context.Background(), client, "/shop/web/")
	if answer.err != nil || answer.members["a"] != "1" || answer.members["b.c"] != "2" || !answer.secret {
		t.Errorf("%+v", answer)
	}
}

func TestEverySourceIsAskedForOnceAndParametersTenAtATime(t *testing.T) {
	requests := make(chan string, 100)
	client := served(t, func(target string, in map[string]interface{}) (int, string) {
		names, _ := in["Names"].([]interface{})
		requests <- fmt.Sprintf("%s %d", target, len(names))
		if names == nil {
			return 200, `{"SecretString": "{\"a\": \"1\", \"b\": \"2\"}"}`
		}
		var found []string
		for _, name := range names {
			found = append(found, fmt.Sprintf(`{"Name": %q, "Value": "v", "Type": "String"}`, name))
		}
		return 200, `{"Parameters": [` + strings.Join(found, ",") + `]}`
	})
	references := []Reference{{Source: Source{secrets, "db"}, Key: "a"}, {Source: Source{secrets, "db"}, Key: "b"}}
	for i := 0; i < 13; i++ {
		references = append(references, Reference{Source: Source{parameters, fmt.Sprintf("/p%d", i)}})
	}
	values, err := resolve(context.Background(), client, append(references, references[3]))
	if err != nil || len(values) != 14 {
		t.Fatalf("%d values, %v", len(values), err)
	}
	close(requests)
	var made []string
	for request := range requests {
		made = append(made, request)
	}
	sort.Strings(made)
	if text := strings.Join(made, ", "); text != "AmazonSSM.GetParameters 10, AmazonSSM.GetParameters 3, secretsmanager.GetSecretValue 0" {
		t.Error(text)
	}
	if hidden := values.confidential(); len(hidden) != 2 {
		t.Errorf("%d values are confidential", len(hidden))
	}
}

func TestASecretWithoutAValueIsAbsent(t *testing.T) {
	client := served(t, func(string, map[string]interface{}) (int, string) {
		return 400, `{"__type": "ResourceNotFoundException", "Message": "Secrets Manager can't find the specified secret value for staging label"}`
	})
	optional := Reference{Source: Source{secrets, "db"}, Key: "a", Optional: true}
	if _, err := resolve(context.Background(), client, []Reference{optional}); err != nil {
		t.Error(err)
	}
	optional.Optional = false
	_, err := resolve(context.Background(), client, []Reference{optional})
	if err == nil || err.Error() != "secretsmanager:db#a: it does not exist, or nobody has put a value into it" {
		t.Error(err)
	}
}

func TestTheAuthoritiesOfTheImageAreNotNeeded(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"SecretString": "{}"}`) }))
	defer server.Close()
	file := filepath.Join(t.TempDir(), "authorities.pem")
	data := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for given, trusted := range map[string]bool{file: true, "": false} {
		variables := map[string]string{"AWS_ENDPOINT_URL": server.URL, "AWS_CA_BUNDLE": given}
		client, err := newClient(awsSettings(func(name string) string { return variables[name] }))
		if err != nil {
			t.Fatal(err)
		}
		var out struct{ SecretString string }
		if err := client.ask(context.Background(), secrets, "", nil, &out); (err == nil) != trusted {
			t.Errorf("with %q: %v", given, err)
		}
	}
}

func TestAuthoritiesBesideTheInitComeBeforeTheImagesOwn(t *testing.T) {
	folder := t.TempDir()
	if pool, err := authorities("", folder+"/none"); pool != nil || err != nil {
		t.Errorf("%v, %v", pool, err)
	}
	if err := os.WriteFile(folder+"/empty", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, files := range [][2]string{{"", folder + "/empty"}, {folder + "/none", ""}, {folder + "/empty", folder + "/none"}} {
		if _, err := authorities(files[0], files[1]); err == nil {
			t.Errorf("nothing is said about %v", files)
		}
	}
}

func TestAConnectionThatRestedLongIsNotUsedAgain(t *testing.T) {
	var opened int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"SecretString": "{}"}`) }))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			atomic.AddInt32(&opened, 1)
		}
	}
	server.Start()
	defer server.Close()
	client, err := newClient(awsSettings(func(name string) string { return map[string]string{"AWS_ENDPOINT_URL": server.URL}[name] }))
	if err != nil {
		t.Fatal(err)
	}
	for i, expected := range []int32{1, 1, 2} {
		if i == 2 {
			// What the clock on the wall says after the environment was frozen for a minute.
			client.used = client.used.Add(-time.Minute)
		}
		if _, err := readSecret(context.Background(), client, "db"); err != nil || atomic.LoadInt32(&opened) != expected {
			t.Errorf("%d connections at request %d, %v", opened, i, err)
		}
	}
}
