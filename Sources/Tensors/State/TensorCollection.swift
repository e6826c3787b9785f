import OrderedCollections
import Synchronization

/// The tensors of a ``FileState`` while the rest of it is encoded or decoded, by the places in the value at which they
/// stand.
final class TensorCollection: Sendable {
  /// Tensors by name.
  typealias Tensors = OrderedDictionary<String, Tensor>

  private let tensors: Mutex<[String: Tensor]>

  /// A collection of these tensors.
  init(_ tensors: Tensors = [:]) {
    self.tensors = Mutex(Dictionary(uniqueKeysWithValues: tensors.map { ($0.key, $0.value) }))
  }

  /// The tensors in the order of their names.
  var all: Tensors {
    Tensors(uniqueKeysWithValues: tensors.withLock { Array($0) }.sorted { $0.key < $1.key })
  }

  /// The tensor called `name`.
  subscript(name: String) -> Tensor? { tensors.withLock { $0[name] } }

  /// Adds a tensor that stands at `path`, and says what it is called.
  func add(_ tensor: Tensor, at path: [any CodingKey]) -> String {
    let name = path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "/")
    let former = tensors.withLock { $0.updateValue(tensor, forKey: name) }
    precondition(former == nil, "two tensors of a state are called \(name)")
    return name
  }
}

extension CodingUserInfoKey {
  /// Where coders keep the tensors of a state.
  static let tensors = CodingUserInfoKey(rawValue: "espalier.tensors")!
}

/// A tensor is part of a ``FileState``: its coders put it beside the text and note its name. Other coders are refused.
extension Tensor: Codable {
  /// The tensor whose name is noted.
  package init(from decoder: any Decoder) throws {
    let name = try decoder.singleValueContainer().decode(String.self)
    guard let tensor = (decoder.userInfo[.tensors] as? TensorCollection)?[name] else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "there is no tensor \"\(name)\""))
    }
    self = tensor
  }

  /// Puts the tensor beside the text and notes its name.
  package func encode(to encoder: any Encoder) throws {
    guard let tensors = encoder.userInfo[.tensors] as? TensorCollection else {
      throw EncodingError.invalidValue(
        self, .init(codingPath: encoder.codingPath, debugDescription: "a tensor is written as part of a state"))
    }
    var container = encoder.singleValueContainer()
    try container.encode(tensors.add(self, at: encoder.codingPath))
  }
}
