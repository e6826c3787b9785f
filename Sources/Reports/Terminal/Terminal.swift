import Foundation

/// The capabilities of a text stream: its width, and whether a person watches it.
package struct Terminal: Hashable, Sendable {
  /// Whether the stream is a terminal, rather than a file or a pipe.
  package var isInteractive: Bool
  /// The number of cells in a line; `nil` for lines of any length.
  package var width: Int?
  /// Whether text may be bold or dim.
  package var hasStyles: Bool

  /// Makes a description of a stream.
  package init(isInteractive: Bool, width: Int? = nil, hasStyles: Bool? = nil) {
    self.isInteractive = isInteractive
    self.width = width
    self.hasStyles = hasStyles ?? isInteractive
  }

  /// A file or a pipe: plain text, lines of any length.
  package static let plain = Terminal(isInteractive: false)

  /// The terminal of standard output.
  package static var standardOutput: Terminal { of(descriptor: STDOUT_FILENO) }

  /// The terminal of standard error.
  package static var standardError: Terminal { of(descriptor: STDERR_FILENO) }

  /// Queries the system about an open file; `TERM=dumb` counts as a pipe, and `NO_COLOR` turns styles off.
  private static func of(descriptor: Int32) -> Terminal {
    let environment = ProcessInfo.processInfo.environment
    guard isatty(descriptor) == 1, environment["TERM"] != "dumb" else { return .plain }
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    let hasStyles = environment["NO_COLOR", default: ""].isEmpty
    return Terminal(isInteractive: true, width: isKnown ? Int(size.ws_col) : 80, hasStyles: hasStyles)
  }
}
