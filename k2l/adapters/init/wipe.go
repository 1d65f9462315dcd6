package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Scratch remembers what scratch folders held before the first run: that is not the workload's.
type Scratch map[string]map[string]bool

// rememberScratch looks into the folders; those that are not there hold nothing.
func rememberScratch(folders []string) (Scratch, error) {
	made := Scratch{}
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		made[folder] = map[string]bool{}
		for _, entry := range entries {
			made[folder][entry.Name()] = true
		}
	}
	return made, nil
}

// wipe removes everything that came later, and says what it could not remove.
func (s Scratch) wipe() error {
	var failed error
	for folder, kept := range s {
		entries, err := os.ReadDir(folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = err
		}
		for _, entry := range entries {
			if kept[entry.Name()] {
				continue
			}
			if err := removeAll(filepath.Join(folder, entry.Name())); err != nil {
				failed = err
			}
		}
	}
	return failed
}

// removeAll removes folders too in which their owner may not write.
func removeAll(path string) error {
	if os.RemoveAll(path) == nil {
		return nil
	}
	// The second try says what is wrong.
	_ = filepath.WalkDir(path, func(name string, entry fs.DirEntry, _ error) error {
		if entry != nil && entry.IsDir() {
			_ = os.Chmod(name, 0o700)
		}
		return nil
	})
	return os.RemoveAll(path)
}
