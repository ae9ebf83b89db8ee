package dev.lanegrad.examples.site;

/** The guide cannot be built; the message says what is wrong with which page or folder. */
public final class SiteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SiteException(String message) {
    super(message);
  }
}
