import EspalierFiles
import Foundation

/// The file beside a model's that holds its large weights.
///
/// A model and its weights change together or not at all: the new weights get a name that the model so far does not
/// refer to, so that the rename of the model's own file changes both.
struct SecondFile {
  /// The path.
  let path: String
  /// The files with weights of the model so far.
  private let former: [String]

  /// The file for weights of the model that is to be written to `model`.
  init(beside model: String) {
    let names = [model + ".data", model + ".1.data"]
    let used = Set((try? ONNXFile.externalFiles(of: model)) ?? [])
    path = names.first { !used.contains($0) } ?? names[0]
    former = names.filter(used.contains)
  }

  /// The name that the model refers to it by.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Removes the weights of the model that was replaced.
  func removeFormer() {
    for other in former where other != path { try? FileManager.default.removeItem(atPath: other) }
  }
}
