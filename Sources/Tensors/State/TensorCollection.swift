import OrderedCollections
import Synchronization

/// The tensors of a ``FileState``, by their paths in the value, while the rest is encoded or decoded.
final class TensorCollection: Sendable {
  /// Tensors by name.
  typealias Tensors = OrderedDictionary<String, Tensor>

  private let tensors: Mutex<[String: Tensor]>

  /// A collection of these tensors.
  init(_ tensors: Tensors = [:]) {
    self.tensors = Mutex(Dictionary(uniqueKeysWithValues: tensors.map { ($0.key, $0.value) }))
  }

  /// The tensors sorted by name.
  var all: Tensors {
    Tensors(uniqueKeysWithValues: tensors.withLock { Array($0) }.sorted { $0.key < $1.key })
  }

  /// The tensor called `name`.
  subscript(name: String) -> Tensor? { tensors.withLock { $0[name] } }

  /// Adds a tensor at `path` and returns its name.
  func add(_ tensor: Tensor, at path: [any CodingKey]) -> String {
    let name = path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "/")
    let former = tensors.withLock { $0.updateValue(tensor, forKey: name) }
    precondition(former == nil, "two tensors of a state are called \(name)")
    return name
  }
}

extension CodingUserInfoKey {
  /// The key under which coders keep the tensors of a state.
  static let tensors = CodingUserInfoKey(rawValue: "espalier.tensors")!
}

/// A tensor is encoded as part of a ``FileState``: its coders store it apart and encode its name. Other coders throw.
extension Tensor: Codable {
  /// Decodes a name and looks up its tensor.
  package init(from decoder: any Decoder) throws {
    let name = try decoder.singleValueContainer().decode(String.self)
    guard let tensor = (decoder.userInfo[.tensors] as? TensorCollection)?[name] else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "there is no tensor \"\(name)\""))
    }
    self = tensor
  }

  /// Stores the tensor apart and encodes its name.
  package func encode(to encoder: any Encoder) throws {
    guard let tensors = encoder.userInfo[.tensors] as? TensorCollection else {
      throw EncodingError.invalidValue(
        self, .init(codingPath: encoder.codingPath, debugDescription: "a tensor is written as part of a state"))
    }
    var container = encoder.singleValueContainer()
    try container.encode(tensors.add(self, at: encoder.codingPath))
  }
}
