package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Members are what a source holds: a secret's members, the parameters below a path, or one parameter under the empty name.
// nil: there is no such source.
type Members map[string]string

// found is the answer for a source: its members, whether they are secret, or why they cannot be read.
type found struct {
	members Members
	secret  bool
	err     error
}

// Values are the answers for all sources of a contract.
type Values map[Source]found

var errAbsent = errors.New("it does not exist")

// one is the value of a reference; there is none when it is optional and absent. Errors name the reference.
func (v Values) one(r Reference) (value string, there bool, err error) {
	members, err := v.members(r)
	if err != nil || members == nil {
		return "", false, err
	}
	value, there = members[r.Key]
	if !there && !r.Optional {
		return "", false, fmt.Errorf("%s: the secret has no such member", r)
	}
	return value, there, nil
}

// many are the values of a reference, under their names; nil when it is optional and absent.
func (v Values) many(r Reference) (Members, error) {
	return v.members(r)
}

func (v Values) members(r Reference) (Members, error) {
	answer := v[r.Source]
	if answer.err == nil && answer.members == nil && !r.Optional {
		answer.err = errAbsent
		if r.Store == secrets {
			answer.err = errors.New("it does not exist, or nobody has put a value into it")
		}
	}
	if answer.err != nil {
		return nil, fmt.Errorf("%s: %w", r, answer.err)
	}
	return answer.members, nil
}

// check says which of the references have no value, all at once.
func (v Values) check(references []Reference) error {
	problems := map[string]bool{}
	for _, r := range references {
		var err error
		if r.many() {
			_, err = v.many(r)
		} else {
			_, _, err = v.one(r)
		}
		if err != nil {
			problems[err.Error()] = true
		}
	}
	if len(problems) == 0 {
		return nil
	}
	texts := make([]string, 0, len(problems))
	for text := range problems {
		texts = append(texts, text)
	}
	sort.Strings(texts)
	return errors.New(strings.Join(texts, "\n"))
}

// confidential are the values that may stand in no message.
func (v Values) confidential() []string {
	var values []string
	for _, answer := range v {
		if answer.secret {
			for _, value := range answer.members {
				values = append(values, value)
			}
		}
	}
	return values
}
