-- A gradebook. A change of these tables is a new _FORMAT in database.py.
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS exercises (
    name TEXT PRIMARY KEY, title TEXT NOT NULL, tasks TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS strays (sentence TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS roster (
    student TEXT, exercise TEXT, attempt INTEGER NOT NULL DEFAULT 0, key TEXT,
    note TEXT NOT NULL, handed_in TEXT NOT NULL DEFAULT '', late INTEGER NOT NULL DEFAULT 0,
    fault TEXT NOT NULL DEFAULT '', traceback TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (student, exercise, attempt));
CREATE TABLE IF NOT EXISTS results (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE NOT NULL, student TEXT NOT NULL,
    exercise TEXT NOT NULL, points INTEGER NOT NULL, worth INTEGER NOT NULL,
    problem TEXT NOT NULL, made_out_to TEXT NOT NULL, outcomes TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS run_grades (
    run INTEGER, student TEXT, exercise TEXT, grade TEXT NOT NULL,
    PRIMARY KEY (run, student, exercise));
CREATE TABLE IF NOT EXISTS released (
    student TEXT, exercise TEXT, at TEXT NOT NULL, grade TEXT NOT NULL,
    PRIMARY KEY (student, exercise));
CREATE TABLE IF NOT EXISTS overrides (
    student TEXT, exercise TEXT, task INTEGER, points REAL NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (student, exercise, task));
-- Hashes of the newest work of the last run, and of that for which each override was given.
CREATE TABLE IF NOT EXISTS works (
    student TEXT, exercise TEXT, digest TEXT NOT NULL, PRIMARY KEY (student, exercise));
CREATE TABLE IF NOT EXISTS works_overridden (
    student TEXT, exercise TEXT, task INTEGER, digest TEXT NOT NULL,
    PRIMARY KEY (student, exercise, task));
