package main

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

var stored = Values{
	{secrets, "db"}:      {members: Members{"password": "p4ss", "user": "u", "not=a name": "x"}, secret: true},
	{secrets, "absent"}:  {},
	{parameters, "/a"}:   {members: Members{"": "from-ssm"}},
	{parameters, "/b/"}:  {members: Members{"user": "other", "HOST": "h"}},
	{secrets, "refused"}: {err: &Failure{400, "AccessDeniedException", "no"}},
}

func built(t *testing.T, given Environment, variables string) (Environment, error) {
	t.Helper()
	var read []Variable
	if err := json.Unmarshal([]byte(variables), &read); err != nil {
		t.Fatal(err)
	}
	return buildEnvironment(given, read, stored)
}

func TestALaterVariableReplacesAnEarlierOneAndTheFunctionsOwn(t *testing.T) {
	made, err := built(t, Environment{"A": "function"}, `[{"name": "A", "value": "1"}, {"name": "A", "value": "2"}, {"name": "b.c", "value": ""}]`)
	if expected := (Environment{"A": "2", "b.c": ""}); err != nil || !reflect.DeepEqual(made, expected) {
		t.Errorf("%v, %v", made, err)
	}
}

func TestVariablesWithAPrefixYieldToAllOthersAndToLaterOnesOfTheirKind(t *testing.T) {
	made, err := built(t, Environment{"HOST": "mine"}, `[{"prefix": "", "from": "secretsmanager:db"}, {"prefix": "", "from": "ssm:/b/"},
		{"name": "password", "value": "set"}]`)
	if expected := (Environment{"HOST": "mine", "user": "other", "password": "set"}); err != nil || !reflect.DeepEqual(made, expected) {
		t.Errorf("%v, %v", made, err)
	}
}

func TestATextIsItsPartsWithVariablesOfTheEnvironmentSoFar(t *testing.T) {
	made, err := built(t, Environment{"HOST": "h"}, `[
		{"name": "URL", "parts": ["$(HOST)@", {"variable": "HOST"}, {"variable": "LATER"}, {"from": "secretsmanager:db#password"}]},
		{"name": "LATER", "value": "x"},
		{"name": "ELSE", "parts": [{"from": "secretsmanager:db#none?optional", "else": ["else ", {"variable": "LATER"}]}]}]`)
	if err != nil || made["URL"] != "$(HOST)@h$(LATER)p4ss" || made["ELSE"] != "else x" {
		t.Errorf("%v, %v", made, err)
	}
}

func TestWhatIsOptionalAndAbsentSetsNothing(t *testing.T) {
	made, err := built(t, Environment{}, `[{"name": "A", "from": "secretsmanager:absent#a?optional"}, {"name": "B", "from": "secretsmanager:db#no?optional"},
		{"prefix": "C_", "from": "secretsmanager:absent?optional"}]`)
	if err != nil || len(made) != 0 {
		t.Errorf("%v, %v", made, err)
	}
}

func TestAProblemNamesItsReferenceAndNoValue(t *testing.T) {
	references := []Reference{
		{Source: Source{secrets, "db"}, Key: "none"},
		{Source: Source{secrets, "absent"}, Key: "a"},
		{Source: Source{secrets, "refused"}, Key: "a", Optional: true},
		{Source: Source{parameters, "/none/"}},
		{Source: Source{secrets, "db"}, Key: "password"},
	}
	err := stored.check(references)
	if err == nil {
		t.Fatal("nothing is said")
	}
	for _, r := range references[:4] {
		if !strings.Contains(err.Error(), r.String()+": ") {
			t.Errorf("%s is not named in\n%s", r, err)
		}
	}
	if strings.Contains(err.Error(), "#password") || strings.Contains(err.Error(), "p4ss") || !strings.Contains(err.Error(), "AccessDenied") {
		t.Error(err)
	}
}

func TestAZeroByteIsNoVariable(t *testing.T) {
	if _, err := built(t, Environment{}, `[{"name": "A", "value": "secret\u0000"}]`); err == nil || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
}

func TestWhatStandsInHasToExistOnlyWhenItIsNeeded(t *testing.T) {
	contract := Contract{}
	if err := json.Unmarshal([]byte(`{"environment": [{"name": "A", "parts":
		[{"from": "secretsmanager:db#password?optional", "else": [{"from": "secretsmanager:absent#a"}]}]}]}`), &contract); err != nil {
		t.Fatal(err)
	}
	if err := stored.check(contract.references()); err != nil {
		t.Error(err)
	}
	if len(contract.references()) != 2 {
		t.Errorf("read are %v", contract.references())
	}
}

func TestASecretsMembersAreTextsOrBase64(t *testing.T) {
	members, err := secretMembers(`{"a": "text", "b": {"base64": "AP8="}, "c": ""}`)
	if expected := (Members{"a": "text", "b": "\x00\xff", "c": ""}); err != nil || !reflect.DeepEqual(members, expected) {
		t.Errorf("%v, %v", members, err)
	}
	for _, text := range []string{"hunter2", `"hunter2"`, `{"a": {"hunter2": 1}}`, `{"a": null}`, `{"a": 5432}`, "null", `{"a": {"base64": "hunter2"}}`} {
		if _, err := secretMembers(text); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
