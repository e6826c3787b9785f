#if os(Linux)
  import Foundation

  /// A process in a terminal of its own, which can be closed while it runs.
  final class TerminalProcess {
    /// What ends it.
    enum End {
      case signal(Int32)
      case closedTerminal
      /// Nothing; it is waited for.
      case ofItself
    }

    /// Why a process could not be started.
    private struct Failure: Error, CustomStringConvertible {
      let description: String
    }

    /// `POSIX_SPAWN_SETSID`.
    private static let newSession: Int16 = 0x80

    private let process: pid_t
    private var terminal: Int32
    private var status: Int32?

    /// Starts `program` as the leader of a session whose terminal is its standard input and error.
    ///
    /// - Parameter blocks: The largest file that it may write, in blocks of 512 bytes, as on a disk that is nearly
    ///   full.
    init(
      _ program: String, _ arguments: [String], environment: [String: String], fileBlocks blocks: Int? = nil
    ) throws {
      // `posix_openpt`, `unlockpt` and `ptsname`, which Swift does not import, are these calls of the system.
      terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      let (unlock, getNumber) = (UInt(0x4004_5431), UInt(0x8004_5430))
      var (isLocked, number) = (Int32(0), Int32(0))
      guard terminal >= 0, ioctl(terminal, unlock, &isLocked) == 0, ioctl(terminal, getNumber, &number) == 0 else {
        throw Failure(description: "there is no terminal: \(String(cString: strerror(errno)))")
      }
      let name = "/dev/pts/\(number)"
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      // The first terminal that the leader of a session opens becomes the session's.
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, name, O_RDWR, 0)
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
      var attributes = posix_spawnattr_t()
      posix_spawnattr_init(&attributes)
      defer { posix_spawnattr_destroy(&attributes) }
      // The threads of tests hold signals back, and a process inherits that.
      var (none, usual) = (sigset_t(), sigset_t())
      sigemptyset(&none)
      sigfillset(&usual)
      posix_spawnattr_setsigmask(&attributes, &none)
      posix_spawnattr_setsigdefault(&attributes, &usual)
      posix_spawnattr_setflags(
        &attributes, Self.newSession | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
      let limit = blocks.map { "ulimit -f \($0); " } ?? ""
      let words = ["/bin/sh", "-c", limit + "exec \"$0\" \"$@\"", program] + arguments
      let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0)=\($1)" }
      var pointers = words.map { strdup($0) } + [nil]
      var settings = variables.map { strdup($0) } + [nil]
      defer { for pointer in pointers + settings { free(pointer) } }
      var identifier: pid_t = 0
      let code = posix_spawn(&identifier, "/bin/sh", &actions, &attributes, &pointers, &settings)
      guard code == 0 else {
        close(terminal)
        throw Failure(description: "\(program) cannot be started: \(String(cString: strerror(code)))")
      }
      process = identifier
    }

    deinit { closeTerminal() }

    /// Whether it still runs. What it has written to its terminal is dropped.
    var isRunning: Bool {
      drain()
      return wait(WNOHANG) == nil
    }

    /// How long a process may take to end.
    static let patience = Duration.seconds(300)

    /// Ends the process and returns its status, or the negative number of the signal that has ended it. One that does
    /// not end in time (``patience``) is killed.
    func end(by end: End) -> Int32 {
      switch end {
      case .signal(let number): if status == nil { kill(process, number) }
      case .closedTerminal: closeTerminal()
      case .ofItself: break
      }
      let limit = ContinuousClock.now + Self.patience
      while wait(WNOHANG) == nil {
        if ContinuousClock.now > limit { kill(process, SIGKILL) }
        drain()
        usleep(1000)
      }
      return status ?? 0
    }

    private func wait(_ options: Int32) -> Int32? {
      if let status { return status }
      var code: Int32 = 0
      guard waitpid(process, &code, options) == process else { return nil }
      let signal = code & 0x7F
      status = signal == 0 ? code >> 8 & 0xFF : -signal
      return status
    }

    /// Takes what is in the terminal, so that the process never waits for a reader.
    private func drain() {
      guard terminal >= 0 else { return }
      var request = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      var buffer = [UInt8](repeating: 0, count: 4096)
      while poll(&request, 1, 0) > 0, request.revents & Int16(POLLIN) != 0, read(terminal, &buffer, buffer.count) > 0 {}
    }

    private func closeTerminal() {
      guard terminal >= 0 else { return }
      close(terminal)
      terminal = -1
    }
  }
#endif
