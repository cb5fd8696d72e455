package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// An outputFile is a file that comes into being whole or not at all: it is written
// under another name beside its own, and renamed when it is complete. What stood
// there before stays until then.
type outputFile struct {
	path      string
	file      *os.File
	out       *bufio.Writer
	temporary bool // false of what is no regular file, such as /dev/null
}

// outputBuffer is the bytes written at a time.
const outputBuffer = 64 << 10

// createOutput opens the output before the work begins, so that a folder that
// cannot be written to is told at once. An output that is one of the inputs is
// refused.
func createOutput(path string, inputs []corpus.InputInfo) (*outputFile, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("writing %q: it is a folder", path)
	case err == nil && isInput(info, inputs):
		return nil, fmt.Errorf("writing %q: it is an input", path)
	case err == nil && !info.Mode().IsRegular():
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, fmt.Errorf("writing %q: %w", path, pathCause(err))
		}
		return &outputFile{path: path, file: file, out: bufio.NewWriterSize(file, outputBuffer)}, nil
	case err == nil:
		// Of a link, the file that it leads to is replaced, and not the link.
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return nil, err
		}
	}
	file, err := createBeside(path)
	if err != nil {
		return nil, fmt.Errorf("writing %q: %w", path, pathCause(err))
	}
	return &outputFile{path: path, file: file, out: bufio.NewWriterSize(file, outputBuffer), temporary: true}, nil
}

// createBeside creates a file of a name that is free, with the permissions that
// the user gives to new files, which those of os.CreateTemp are not.
func createBeside(path string) (*os.File, error) {
	const tries = 10_000
	folder, name := filepath.Split(path)
	for try := range tries {
		file, err := os.OpenFile(filepath.Join(folder, fmt.Sprintf(".%s.%d.part", name, try)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
	return nil, errors.New("no name beside it is free")
}

func isInput(output fs.FileInfo, inputs []corpus.InputInfo) bool {
	for _, in := range inputs {
		if info, err := os.Stat(in.Path); err == nil && os.SameFile(info, output) {
			return true
		}
	}
	return false
}

// pathCause takes the name out of an error that is told with a name.
func pathCause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// write has the file written and gives it its name. After an error nothing of it is
// left.
func (f *outputFile) write(content func(io.Writer) error) error {
	err := content(f.out)
	if err == nil {
		err = f.out.Flush()
	}
	if closeErr := f.file.Close(); err == nil {
		err = closeErr
	}
	if err == nil && f.temporary {
		err = os.Rename(f.file.Name(), f.path)
	}
	if err != nil {
		f.discard()
		return fmt.Errorf("writing %q: %w", f.path, pathCause(err))
	}
	f.file = nil
	return nil
}

// discard removes what was not completed. After write it does nothing.
func (f *outputFile) discard() {
	if f.file == nil {
		return
	}
	f.file.Close()
	if f.temporary {
		os.Remove(f.file.Name())
	}
	f.file = nil
}

// until writes as long as the context is not done: a run that is interrupted while it
// writes a long report has to end in time to take away what it began.
type until struct {
	ctx context.Context
	out io.Writer
}

func (u until) Write(data []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.out.Write(data)
}
