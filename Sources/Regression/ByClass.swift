/// A value of a model: one number for its only linear predictor, or one per class, by class name.
///
/// In JSON, the value itself or an object of values by class.
package enum ByClass<Value> {
  /// The value of the one predictor.
  case one(Value)
  /// The values by class.
  case each([String: Value])

  /// The values of predictors in order: of the only one, or of the classes of these names.
  package init(_ values: [Value], classes: [String]?) {
    if values.count == 1 {
      self = .one(values[0])
    } else {
      self = .each(Dictionary(zip(classes ?? [], values), uniquingKeysWith: { first, _ in first }))
    }
  }

  /// The values in the order of `classes`, or the only one; `nil` if a class has none.
  package func values(of classes: [String]) -> [Value]? {
    switch self {
    case .one(let value): return [value]
    case .each(let values):
      let found = classes.compactMap { values[$0] }
      return found.count == classes.count ? found : nil
    }
  }
}

extension ByClass: Equatable where Value: Equatable {}
extension ByClass: Hashable where Value: Hashable {}
extension ByClass: Sendable where Value: Sendable {}

extension ByClass: Encodable where Value: Encodable {
  /// Writes the value, or the object.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .one(let value): try container.encode(value)
    case .each(let values): try container.encode(values)
    }
  }
}

extension ByClass: Decodable where Value: Decodable {
  /// Reads what `encode(to:)` writes.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Value.self) {
      self = .one(value)
    } else {
      self = .each(try container.decode([String: Value].self))
    }
  }
}
