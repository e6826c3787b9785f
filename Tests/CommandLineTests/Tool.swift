import Foundation

/// The built command line tool, run as a user runs it.
struct Tool {
  /// The outcome of a run.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String

    /// Standard error without the newlines around it.
    var complaint: String { errors.trimmingCharacters(in: .newlines) }
  }

  /// The path of the tool.
  static var path: String { executable.path }

  /// The tool lies beside the test bundle, unless `ESPALIER_TOOL` names another.
  private static let executable: URL = {
    if let path = ProcessInfo.processInfo.environment["ESPALIER_TOOL"] { return URL(fileURLWithPath: path) }
    let arguments = CommandLine.arguments
    let candidates =
      [Bundle.main.bundleURL, URL(fileURLWithPath: arguments[0]).deletingLastPathComponent()]
      + arguments.filter { $0.hasSuffix(".xctest") }.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
    return candidates.map { $0.appendingPathComponent("espalier") }.first {
      FileManager.default.isExecutableFile(atPath: $0.path)
    } ?? URL(fileURLWithPath: "/espalier is not beside the tests")
  }()

  /// Runs the tool with these arguments.
  static func run(_ arguments: String...) throws -> Outcome {
    try run(arguments: arguments)
  }

  /// Runs a command of the shell, in which `$tool` stands for the tool: for streams that are closed, full, or pipes.
  static func shell(_ command: String) throws -> Outcome {
    try run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", command], environment: ["tool": executable.path])
  }

  /// Starts the tool and does not wait for it; what it writes is dropped.
  static func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try launch(process)
    return process
  }

  /// Starts `process` with no signal held back. The threads of tests hold all of them back, and a process inherits
  /// that.
  private static func launch(_ process: Process) throws {
    var (none, present) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &present)
    defer { pthread_sigmask(SIG_SETMASK, &present, nil) }
    try process.run()
  }

  /// Runs the tool with these arguments; `input`, the path of a file, is what it reads from standard input.
  ///
  /// Help is set for 80 columns, whatever the terminal of the tests is.
  static func run(
    arguments: [String], input: String? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    try run(
      executable, arguments, input: input, environment: ["COLUMNS": "80"].merging(environment) { $1 })
  }

  private static func run(
    _ executable: URL, _ arguments: [String], input: String? = nil, environment: [String: String]
  ) throws -> Outcome {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = try input.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: $0)) } ?? .nullDevice
    try launch(process)
    // Errors are short; output is read first so that neither pipe can fill up.
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: complaints, as: UTF8.self))
  }
}
