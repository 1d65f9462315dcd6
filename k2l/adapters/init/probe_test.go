package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// asked is what the server below was asked for last.
type asked struct {
	path, host, header string
}

func probed(t *testing.T) (*httptest.Server, *asked) {
	t.Helper()
	last := &asked{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*last = asked{r.URL.RequestURI(), r.Host, r.Header.Get("X-Probe")}
		switch r.URL.Path {
		case "/elsewhere":
			http.Redirect(w, r, "http://elsewhere.invalid/", http.StatusFound)
		case "/inside":
			http.Redirect(w, r, "/broken", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/broken":
			w.WriteHeader(http.StatusInternalServerError)
		case "/last":
			w.WriteHeader(399)
		case "/slow":
			<-r.Context().Done()
		}
	}))
	t.Cleanup(server.Close)
	return server, last
}

func TestProbeWantsAnAnswerFrom200To399(t *testing.T) {
	server, _ := probed(t)
	for path, well := range map[string]bool{
		"/": true, "/last": true, "/broken": false, "/inside": false, "/elsewhere": true, "/round": false, "/slow": false,
	} {
		if err := probe([]string{"1", server.URL + path}); (err == nil) != well {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestProbeSendsWhatItIsGiven(t *testing.T) {
	server, last := probed(t)
	if err := probe([]string{"1", server.URL + "/a%20b?c=d", "Host:shop.example.com", "X-Probe:a:b"}); err != nil {
		t.Fatal(err)
	}
	if *last != (asked{"/a%20b?c=d", "shop.example.com", "a:b"}) {
		t.Errorf("asked for %v", *last)
	}
}

func TestProbeAsksAServerWhoseCertificateNobodyKnows(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	if err := probe([]string{"1", server.URL}); err != nil {
		t.Error(err)
	}
}

func TestProbeByTCPWantsAnOpenPort(t *testing.T) {
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "tcp://" + socket.Addr().String()
	if err := probe([]string{"1", address}); err != nil {
		t.Error(err)
	}
	socket.Close()
	if probe([]string{"1", address}) == nil {
		t.Error("a closed port is well")
	}
}

func TestProbeSaysHowItIsAsked(t *testing.T) {
	for _, arguments := range [][]string{{}, {"1"}, {"0", "tcp://a:1"}, {"x", "tcp://a:1"}, {"1", "ftp://a"}, {"1", "http://"}, {"1", "http://127.0.0.1:1", "none"}} {
		if err := probe(arguments); err == nil || !strings.Contains(err.Error(), "usage") {
			t.Errorf("%v: %v", arguments, err)
		}
	}
}

func TestProbeGivesUpInTime(t *testing.T) {
	server, _ := probed(t)
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- probe([]string{"1", server.URL + "/slow"}) }()
	select {
	case err := <-done:
		if err == nil {
			t.Error("no answer is well")
		}
	case <-ctx.Done():
		t.Error("it waits for longer than it may")
	}
}
