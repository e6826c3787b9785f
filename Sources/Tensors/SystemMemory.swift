import EspalierFiles
import Foundation
import Synchronization

/// The memory available to this process.
///
/// Whatever takes memory by the sizes that a file or an option states asks first (``check(_:for:mostly:remedy:)``).
package enum SystemMemory {
  private static let requestedLimit = Mutex<Int?>(nil)

  /// Limits the memory of what is computed to `byteCount` bytes, whatever the system has.
  package static func limit(to byteCount: Int) { requestedLimit.withLock { $0 = byteCount } }

  /// The bytes that may be taken: the requested limit or, without one, what the system says is available now, at most
  /// ``byteCount``.
  package static var available: Int {
    requestedLimit.withLock { $0 } ?? min(byteCount, systemAvailable ?? .max)
  }

  /// The bytes of memory of the machine, or the limit of a control group or a resource limit (`ulimit -v`) if lower.
  package static let byteCount: Int = {
    let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    return ([machine] + controlGroups + [addressSpace]).filter { $0 > 0 }.min() ?? Int.max
  }()

  /// Checks that an allocation does not exceed the available memory.
  ///
  /// - Parameters:
  ///   - bytes: The size of the allocation; a `Double`, so that a sum of sizes from a file cannot overflow.
  ///   - subject: The object that needs it.
  ///   - part: The part that needs the most, in words that end the sentence's first half.
  ///   - remedy: The way to need less.
  /// - Throws: `EspalierError` with both figures if it does.
  package static func check(_ bytes: Double, for subject: String, mostly part: String? = nil, remedy: String)
    throws(EspalierError)
  {
    let available = available
    guard bytes > Double(available) else { return }
    throw EspalierError(
      .model, subject,
      "needs \(gigabytes(bytes)) of memory\(part.map { ", most for \($0)" } ?? ""), "
        + "and there are \(gigabytes(Double(available)))",
      remedy: remedy)
  }

  private static func gigabytes(_ bytes: Double) -> String {
    switch bytes {
    case 1e15...: String(format: "%.3g GB", bytes / 1e9)
    case 1e9...: String(format: "%.1f GB", bytes / 1e9)
    default: String(format: "%.1f MB", bytes / 1e6)
    }
  }

  /// The estimate of the memory that can be taken without swapping, by Linux (`MemAvailable`); `nil` elsewhere.
  private static var systemAvailable: Int? {
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return kilobytes * 1024
  }

  /// The limits of control groups: of version 2, for the process's own group and the root, and of version 1.
  private static var controlGroups: [Int] {
    let own = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8))?.split(separator: "\n")
      .first { $0.hasPrefix("0::") }?.dropFirst(3)
    let places = [
      "/sys/fs/cgroup\(own ?? "")/memory.max", "/sys/fs/cgroup/memory.max",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes",
    ]
    return places.compactMap { place in
      (try? String(contentsOfFile: place, encoding: .utf8)).flatMap {
        Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
      }
    }
  }

  private static var addressSpace: Int {
    var limit = rlimit()
    #if canImport(Glibc)
      let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    #else
      let isKnown = getrlimit(RLIMIT_AS, &limit) == 0
    #endif
    return isKnown ? Int(clamping: limit.rlim_cur) : Int.max
  }
}
