package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestACommandIsAskedToEndWhenItsTimeIsOver(t *testing.T) {
	begin := time.Unix(1000, 0)
	seconds := func(n int) *int { return &n }
	for _, c := range []struct {
		job       Job
		ask, kill float64
	}{
		// The function's time-out alone: a tenth of it, or the grace period, is left for an orderly end.
		{Job{Timeout: 900}, 869.5, 899.5},
		{Job{Timeout: 900, GracePeriod: seconds(5)}, 894.5, 899.5},
		{Job{Timeout: 60, GracePeriod: seconds(30)}, 53.5, 59.5},
		{Job{Timeout: 3}, 2.4, 2.7},
		// activeDeadlineSeconds holds as it is, and the whole grace period follows it as far as there is time.
		{Job{Timeout: 900, Deadline: seconds(100), GracePeriod: seconds(20)}, 100, 120},
		{Job{Timeout: 900, Deadline: seconds(100), GracePeriod: seconds(0)}, 100, 100},
		{Job{Timeout: 900, Deadline: seconds(860)}, 860, 890},
		{Job{Timeout: 600, Deadline: seconds(600)}, 569.5, 599.5},
	} {
		made := c.job.bounds(begin, begin.Add(time.Duration(c.job.Timeout)*time.Second))
		if ask, kill := made.ask.Sub(begin).Seconds(), made.kill.Sub(begin).Seconds(); ask != c.ask || kill != c.kill {
			t.Errorf("%+v is asked after %v s and killed after %v s", c.job, ask, kill)
		}
	}
}

func TestADayOfTheListIsSkippedInTheZoneOfTheSchedule(t *testing.T) {
	event := func(at, zone, days string) []byte {
		return []byte(fmt.Sprintf(`{"scheduledTime": %q, "timeZone": %q, "skipDaysOfMonth": %s}`, at, zone, days))
	}
	for _, c := range []struct {
		event []byte
		skips bool
	}{
		{event("2026-11-12T23:30:00Z", "Europe/Berlin", "[13]"), true},
		{event("2026-11-12T23:30:00Z", "UTC", "[13]"), false},
		{event("2026-11-13T01:30:00Z", "America/New_York", "[13, 12]"), true},
		{event("2026-11-13T00:00:00Z", "UTC", "[]"), false},
		{[]byte(`{"scheduledTime": "2026-11-13T00:00:00Z", "timeZone": "UTC"}`), false},
		{[]byte(`{"scheduledTime": "whenever"}`), false},
		{[]byte(`"text"`), false},
		{[]byte(`not even JSON`), false},
		{[]byte(`null`), false},
	} {
		if reason, err := skipped(c.event); err != nil || (reason != "") != c.skips {
			t.Errorf("%s: %q, %v", c.event, reason, err)
		}
	}
}

func TestAScheduleThatCannotBeReadIsNeitherRunNorSkipped(t *testing.T) {
	for _, event := range []string{
		`{"skipDaysOfMonth": [13]}`,
		`{"skipDaysOfMonth": [13], "scheduledTime": "<aws.scheduler.scheduled-time>", "timeZone": "UTC"}`,
		`{"skipDaysOfMonth": [13], "scheduledTime": "2026-11-13T00:00:00Z", "timeZone": "Europe/Nowhere"}`,
		`{"skipDaysOfMonth": [13], "scheduledTime": "2026-11-13T00:00:00Z", "timeZone": ""}`,
		`{"skipDaysOfMonth": [13], "scheduledTime": "2026-11-13T00:00:00Z", "timeZone": "Local"}`,
		`{"skipDaysOfMonth": "13", "scheduledTime": "2026-11-13T00:00:00Z", "timeZone": "UTC"}`,
	} {
		if reason, err := skipped([]byte(event)); err == nil {
			t.Errorf("%s: %q", event, reason)
		}
	}
}

func same(text string) string { return text }

func TestTheTailIsTheLastLines(t *testing.T) {
	tail := &Tail{}
	for i := 0; i < 200_000; i++ {
		fmt.Fprintf(tail, "line %d\r\n", i)
	}
	fmt.Fprint(tail, "\n \n")
	lines := tail.lines(same)
	if len(lines) != traceMax || lines[0] != "line 199936" || lines[traceMax-1] != "line 199999" {
		t.Errorf("%d lines, from %q to %q", len(lines), lines[0], lines[len(lines)-1])
	}
	if len(tail.kept) > 2*tailMax {
		t.Errorf("%d bytes are kept", len(tail.kept))
	}
}

func TestTheTailIsBoundedWhateverIsWritten(t *testing.T) {
	tail := &Tail{}
	for i := 0; i < 10; i++ {
		fmt.Fprintln(tail, strings.Repeat("x", 3000))
	}
	if lines := tail.lines(same); len(lines) != 2 {
		t.Errorf("%d lines", len(lines))
	}
	tail = &Tail{}
	fmt.Fprint(tail, strings.Repeat("\xff", 3*tailMax))
	if lines := tail.lines(same); len(lines) != 1 || len(lines[0]) > 3*traceMaxSize || !strings.HasPrefix(lines[0], "\uFFFD") {
		t.Errorf("%d lines", len(lines))
	}
	if lines := (&Tail{}).lines(same); lines == nil || len(lines) != 0 {
		t.Error("an empty tail is no empty list")
	}
}

func TestValuesAreCoveredInEverySpelling(t *testing.T) {
	redact := redactor([]string{"p4ss word&\"x", "p4ss", "5432", "-----BEGIN KEY-----\nMIIEvAIBADAN\n-----END KEY-----\n", ""})
	for text, expected := range map[string]string{
		`failed for p4ss word&"x!`:        "failed for [redacted]!",
		`{"pw": "p4ss word&\"x"}`:         `{"pw": "[redacted]"}`,
		`{"pw": "p4ss word\u0026\"x"}`:    `{"pw": "[redacted]"}`,
		"db://u:p4ss%20word&%22x@h":       "db://u:[redacted]@h",
		"db://u:p4ss+word%26%22x@h":       "db://u:[redacted]@h",
		"cDRzcyB3b3JkJiJ4":                "[redacted]",
		"at port 5432, 5432 5432 15432 A": "at port [redacted], [redacted] [redacted] 15432 A",
		"key MIIEvAIBADAN.":               "key [redacted].",
		"p4ssed":                          "p4ssed",
		"nothing to hide":                 "nothing to hide",
	} {
		if given := redact(text); given != expected {
			t.Errorf("%s becomes %s", text, given)
		}
	}
}
