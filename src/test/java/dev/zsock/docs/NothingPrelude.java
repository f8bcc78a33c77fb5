package dev.zsock.docs;

/** For a fence that needs nothing. */
public class NothingPrelude extends Prelude {}
