import Foundation
import SystemPackage

/// A path with its symbolic links followed, also where they lead to a file that does not exist yet.
enum LinkedPath {
  /// The largest number of links that are followed, as in the system's own resolution.
  private static let mostLinks = 40

  /// The path of the file that writing to `path` would create or replace; `path` itself if links go round in circles.
  static func resolve(_ path: String) -> String {
    if let resolved = realpath(path, nil) {
      defer { free(resolved) }
      return String(cString: resolved)
    }
    var place = path
    for _ in 0..<mostLinks {
      guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: place) else { return place }
      let folder = (place as NSString).deletingLastPathComponent
      place = target.hasPrefix("/") || folder.isEmpty ? target : "\(folder)/\(target)"
    }
    return path
  }
}
