package main

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	_ "modernc.org/sqlite"

	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

// tables is SQLite in Go. Postings are a table without row numbers, sorted before they are put.
type tables struct {
	db *sql.DB
	*sketcher
}

const schema = `
	PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
	CREATE TABLE IF NOT EXISTS posting (key INTEGER, article INTEGER, weight INTEGER, PRIMARY KEY (key, article)) WITHOUT ROWID;
	CREATE TABLE IF NOT EXISTS row (article INTEGER PRIMARY KEY, row BLOB);
	CREATE TABLE IF NOT EXISTS block (block INTEGER PRIMARY KEY, text BLOB);`

func openSQLite(path string) (store, error) {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", filepath.Join(path, "index.sqlite"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	x := &tables{db: db, sketcher: newSketcher()}
	_, err = db.Exec(schema)
	err = errors.Join(err,
		db.QueryRow("SELECT coalesce(max(article) + 1, 0) FROM row").Scan(&x.articles),
		db.QueryRow("SELECT coalesce(max(block) + 1, 0) FROM block").Scan(&x.blocks))
	return x, err
}

type posting struct {
	key     uint64
	article uint32
	weight  byte
}

func (x *tables) add(ctx context.Context, articles []corpusgen.Article) (spent, error) {
	all, blocks, err := x.sketchAll(articles)
	if err != nil {
		return spent{}, err
	}
	clock := start()
	tx, err := x.db.BeginTx(ctx, nil)
	if err != nil {
		return spent{}, err
	}
	defer tx.Rollback()
	var postings []posting
	for _, one := range all {
		for i, key := range one.keys {
			postings = append(postings, posting{key, x.articles, one.weight[i]})
		}
		if _, err := tx.Exec("INSERT INTO row VALUES (?, ?)", x.articles, one.row); err != nil {
			return spent{}, err
		}
		x.articles++
	}
	for _, block := range blocks {
		if _, err := tx.Exec("INSERT INTO block VALUES (?, ?)", x.blocks, block); err != nil {
			return spent{}, err
		}
		x.blocks++
	}
	if err := x.put(tx, postings); err != nil {
		return spent{}, err
	}
	err = tx.Commit()
	return clock.spent(), err
}

func (x *tables) put(tx *sql.Tx, postings []posting) error {
	slices.SortFunc(postings, func(a, b posting) int {
		return cmp.Or(cmp.Compare(int64(a.key), int64(b.key)), cmp.Compare(a.article, b.article))
	})
	put, err := tx.Prepare("INSERT INTO posting VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	defer put.Close()
	for _, p := range postings {
		if _, err := put.Exec(int64(p.key), p.article, p.weight); err != nil {
			return err
		}
	}
	return nil
}

func (x *tables) ask(ctx context.Context, article corpusgen.Article) (int, spent, error) {
	one := x.sketch(article)
	clock := start()
	tx, err := x.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return 0, spent{}, err
	}
	defer tx.Rollback()
	find, err := tx.Prepare("SELECT article FROM posting WHERE key = ? LIMIT " + strconv.Itoa(mostPostings))
	if err != nil {
		return 0, spent{}, err
	}
	defer find.Close()
	found := make(votes)
	for _, key := range one.keys {
		if err := gather(find, key, found); err != nil {
			return 0, spent{}, err
		}
	}
	if len(found) > 0 {
		var row, text []byte
		if err := tx.QueryRow("SELECT row FROM row WHERE article = ?", found.most()).Scan(&row); err != nil {
			return 0, spent{}, err
		}
		if err := tx.QueryRow("SELECT text FROM block WHERE block = ?", binary.LittleEndian.Uint32(row[rowBytes-4:])).Scan(&text); err != nil {
			return 0, spent{}, err
		}
	}
	return len(found), clock.spent(), nil
}

func gather(find *sql.Stmt, key uint64, found votes) error {
	rows, err := find.Query(int64(key))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var article uint32
		if err := rows.Scan(&article); err != nil {
			return err
		}
		found[article]++
	}
	return rows.Err()
}

func (x *tables) close() error { return x.db.Close() }
