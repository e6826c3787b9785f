import Foundation

extension DataArgument {
  /// The files and folders that the argument names, for any kind of data: after a prefix (`mnist:`), between commas,
  /// and as values of options (`tokenizer=`).
  var paths: (files: [String], folders: [String]) {
    var texts = [text[...]]
    // An input name (`INPUT=DATA`), which may hold equals signs, followed by a prefix.
    for separator in ["=", ":"] as [Character] {
      texts += texts.flatMap { text in
        text.indices.filter { text[$0] == separator }.map { text[text.index(after: $0)...] }
      }
    }
    var candidates: Set<String> = []
    for text in texts {
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      for (place, part) in parts.enumerated() {
        candidates.insert(String(part))
        candidates.insert(parts[...place].joined(separator: ","))
        guard let sign = part.firstIndex(of: "=") else { continue }
        let value = part[part.index(after: sign)...]
        candidates.insert(String(value))
        if part[..<sign] == "tokenizer" { candidates.formUnion(TokenizerFiles.names.map { "\(value)/\($0)" }) }
      }
    }
    var found: (files: [String], folders: [String]) = ([], [])
    for path in candidates.sorted() {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      if isFolder.boolValue { found.folders.append(path) } else { found.files.append(path) }
      // The labels of IDX images may be stored beside them.
      if !isFolder.boolValue, path.contains("idx") { found.folders.append(TokenizerFiles.folder(of: path)) }
    }
    return found
  }

  /// Whether the file at `path` is of a kind found in data folders: images, arrays, IDX files, text tables.
  static func isData(_ path: String) -> Bool {
    let name = (path as NSString).lastPathComponent
    let kind = (name as NSString).pathExtension.lowercased()
    guard !TokenizerFiles.names.contains(name) else { return false }
    return ["jpg", "jpeg", "png", "npy", "npz", "gz", "tsv", "jsonl", "txt"].contains(kind) || name.contains("idx")
  }
}
