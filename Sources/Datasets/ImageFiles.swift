import EspalierFiles
import Foundation

/// The images of a directory, with or without class folders.
///
/// The layout of torchvision's `ImageFolder`: each folder of the directory is a class, numbered from 0 by code point
/// order of the names; its images lie in it at any depth, ordered by directory, then by name. Links are followed. Names
/// that begin with a dot are skipped.
struct ImageFiles: Sendable {
  /// The extensions of images, in lower or upper case.
  static let extensions: Set<String> = ["jpg", "jpeg", "png"]

  /// The paths of the images.
  private(set) var paths: [String] = []
  /// The class of each image; `nil` without classes.
  private(set) var labels: [Int]?
  /// The names of the classes.
  private(set) var classes: [String]?
  /// The cluster of each image: the folder that holds it, if that is one of several below the folder of its class.
  private(set) var clusters: [Int?] = []

  /// Lists the images in `directory`.
  /// - Parameter classes: The names of the classes; `nil` for those of the directory.
  /// - Throws: `EspalierError` if there are no images, both images with and without a class, an empty class, or a class
  ///   not among `classes`.
  init(in directory: String, classes known: [String]? = nil) throws(EspalierError) {
    let entries = try Self.entries(of: directory)
    let alone = entries.filter(Self.isImage)
    let folders = entries.filter { !Self.isImage($0) && Self.isDirectory("\(directory)/\($0)") }
    var byClass: [(name: String, paths: [String])] = []
    for folder in folders { byClass.append((folder, try Self.images(below: "\(directory)/\(folder)"))) }

    guard byClass.contains(where: { !$0.paths.isEmpty }) else {
      guard !alone.isEmpty else {
        throw EspalierError(.data, directory, "holds no images, whose names end in .jpg, .jpeg or .png")
      }
      paths = alone.map { "\(directory)/\($0)" }
      clusters = paths.map { _ in nil }
      return
    }
    if let stray = alone.first {
      throw EspalierError(
        .data, directory, "holds class folders, and images of no class beside them (\(stray))",
        remedy: "move these into folders, or give a directory of images alone")
    }
    if let empty = byClass.first(where: \.paths.isEmpty), known == nil {
      throw EspalierError(
        .data, "\(directory)/\(empty.name)", "is a class folder without images", remedy: "fill or remove it")
    }
    let numbers = known.map { Dictionary(zip($0, 0...)) { first, _ in first } }
    var labels: [Int] = []
    for (place, (name, images)) in byClass.enumerated() where !images.isEmpty {
      guard let number = numbers == nil ? place : numbers?[name] else {
        throw EspalierError(.data, "\(directory)/\(name)", "is a class that the training part does not have")
      }
      paths += images
      labels += Array(repeating: number, count: images.count)
    }
    self.labels = labels
    classes = known ?? folders
    clusters = Self.clusters(of: byClass, in: directory)
  }

  /// Numbers the folders below those of classes, where a class has several.
  private static func clusters(of classes: [(name: String, paths: [String])], in directory: String) -> [Int?] {
    var count = 0
    return classes.flatMap { name, paths -> [Int?] in
      let folders = paths.map { $0[..<($0.lastIndex(of: "/") ?? $0.startIndex)] }
      let below = Set(folders.filter { $0 != "\(directory)/\(name)" })
      guard below.count > 1 else { return paths.map { _ in nil } }
      let numbers = Dictionary(uniqueKeysWithValues: zip(below.sorted(), count...))
      count += below.count
      return folders.map { numbers[$0] }
    }
  }

  /// The images below `root` at any depth, ordered by directory, then by name.
  private static func images(below root: String) throws(EspalierError) -> [String] {
    var found: [(directory: String, names: [String])] = []
    var left = [(path: root, ancestors: Set<String>())]
    while let (path, ancestors) = left.popLast() {
      let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
      // A link to an ancestor would recurse for ever.
      guard !ancestors.contains(real) else { continue }
      let entries = try entries(of: path)
      found.append((path, entries.filter(isImage)))
      for entry in entries where !isImage(entry) && isDirectory("\(path)/\(entry)") {
        left.append(("\(path)/\(entry)", ancestors.union([real])))
      }
    }
    return found.sorted { precedes($0.directory, $1.directory) }.flatMap { part in
      part.names.map { "\(part.directory)/\($0)" }
    }
  }

  /// The names in a directory, in code point order.
  private static func entries(of directory: String) throws(EspalierError) -> [String] {
    guard isDirectory(directory) else {
      throw EspalierError(.file, directory, "is no directory", remedy: "check the path")
    }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
      throw EspalierError(.file, directory, "is not permitted to be read")
    }
    return names.filter { !$0.hasPrefix(".") }.sorted(by: precedes)
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private static func isImage(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    return extensions.contains(name[name.index(after: dot)...].lowercased())
  }

  /// Whether there is a directory at `path`.
  static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }
}
