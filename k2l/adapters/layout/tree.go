package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// kept is where baked files wait that belong below a link: the init copies them when the link leads somewhere.
const kept = "/opt/k2l/files"

// tree is where the image's root is laid out. Paths below apart are kept apart from the others.
type tree struct {
	root  string
	apart map[string]bool
}

func newTree(root string, names []string) tree {
	made := tree{root, map[string]bool{}}
	for _, name := range names {
		made.apart[name] = true
	}
	return made
}

// at is where a path of the image lies here.
func (t tree) at(place string) string {
	first, _, below := strings.Cut(strings.TrimPrefix(place, "/"), "/")
	if below && t.apart[first] {
		return filepath.Join(t.root+"."+first, strings.TrimPrefix(place, "/"+first))
	}
	return filepath.Join(t.root, place)
}

func (t tree) links(links map[string]string) error {
	for _, place := range sorted(links) {
		if below(place, links) {
			continue // the folder above it is made when the function starts, and so is this link
		}
		if err := t.parents(place); err != nil {
			return err
		}
		if err := os.Symlink(links[place], t.at(place)); err != nil {
			return conflict(place, err)
		}
	}
	return nil
}

func (t tree) files(function string, files []file, links map[string]string) error {
	for _, each := range files {
		if each.Source == "" {
			continue
		}
		mode, err := strconv.ParseUint(each.Mode, 8, 12)
		if err != nil {
			return fmt.Errorf("%q: %w", each.Path, err)
		}
		content, err := os.ReadFile(filepath.Join(function, each.Source))
		if err != nil {
			return err
		}
		place, permitted := each.Path, os.FileMode(mode)
		if _, linked := links[place]; linked || below(place, links) {
			place, permitted = kept+place, 0o644 // the init gives the copy its mode
		}
		if err := t.write(place, content, permitted); err != nil {
			return err
		}
	}
	return nil
}

// write makes the file anew; its mode is exactly this one, whatever the umask.
func (t tree) write(place string, content []byte, mode os.FileMode) error {
	if err := t.parents(place); err != nil {
		return err
	}
	if err := os.WriteFile(t.at(place), content, 0o600); err != nil {
		return conflict(place, err)
	}
	return os.Chmod(t.at(place), permissions(mode))
}

func (t tree) parents(place string) error {
	if err := os.MkdirAll(filepath.Dir(t.at(place)), 0o755); err != nil {
		return conflict(place, err)
	}
	return nil
}

func conflict(place string, err error) error {
	return fmt.Errorf("%q cannot be in the image beside the other files: %w", place, err)
}

// permissions are those of chmod; Go keeps the upper three bits elsewhere.
func permissions(mode os.FileMode) os.FileMode {
	made := mode & 0o777
	for bit, flag := range map[os.FileMode]os.FileMode{0o4000: os.ModeSetuid, 0o2000: os.ModeSetgid, 0o1000: os.ModeSticky} {
		if mode&bit != 0 {
			made |= flag
		}
	}
	return made
}

// below says whether a folder above place is a link.
func below(place string, links map[string]string) bool {
	for above := path.Dir(place); above != "/" && above != "."; above = path.Dir(above) {
		if _, found := links[above]; found {
			return true
		}
	}
	return false
}

func sorted(links map[string]string) []string {
	found := make([]string, 0, len(links))
	for place := range links {
		found = append(found, place)
	}
	sort.Strings(found)
	return found
}
