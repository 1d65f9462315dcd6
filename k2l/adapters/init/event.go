package main

import (
	"encoding/json"
	"fmt"
	"time"
	_ "time/tzdata" // few images carry time zones
)

// schedule is what an EventBridge schedule of a CronJob sends.
type schedule struct {
	ScheduledTime    string `json:"scheduledTime"`
	TimeZone         string `json:"timeZone"`
	SkipDaysOfMonth  []int  `json:"skipDaysOfMonth"`
	skipsDaysOfMonth bool
}

// skipped says why an event asks for nothing to run: the other schedule of its pair has fired on that day. It is empty for all other events.
func skipped(event []byte) (string, error) {
	given, err := readSchedule(event)
	if err != nil || !given.skipsDaysOfMonth {
		return "", err
	}
	at, err := time.Parse(time.RFC3339, given.ScheduledTime)
	if err != nil {
		return "", fmt.Errorf("the schedule's input has no scheduledTime in RFC 3339: %q", given.ScheduledTime)
	}
	zone, err := time.LoadLocation(given.TimeZone)
	if err != nil || given.TimeZone == "" || given.TimeZone == "Local" {
		return "", fmt.Errorf("the schedule's input has no IANA name as timeZone: %q", given.TimeZone)
	}
	day := at.In(zone)
	for _, skip := range given.SkipDaysOfMonth {
		if day.Day() == skip {
			return fmt.Sprintf("day %d of the month in %s is left to the other schedule", skip, given.TimeZone), nil
		}
	}
	return "", nil
}

// readSchedule takes an event for a schedule's when it has a list of days: an event from elsewhere may look like anything.
func readSchedule(event []byte) (schedule, error) {
	var names map[string]json.RawMessage
	if json.Unmarshal(event, &names) != nil {
		return schedule{}, nil
	}
	if _, there := names["skipDaysOfMonth"]; !there {
		return schedule{}, nil
	}
	given := schedule{skipsDaysOfMonth: true}
	if err := json.Unmarshal(event, &given); err != nil {
		return schedule{}, fmt.Errorf("the schedule's input is not as k2l writes it: %w", err)
	}
	return given, nil
}
