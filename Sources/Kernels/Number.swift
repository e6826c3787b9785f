import EspalierTensors

/// A type of elements that kernels compute with. Nothing traps: whole numbers wrap around, since no model file may
/// crash the program.
package protocol Number: TensorElement, Comparable {
  /// 0.
  static var zero: Self { get }
  /// The least value; minus infinity if the type has it.
  static var least: Self { get }
  /// The greatest value; infinity if the type has it.
  static var greatest: Self { get }
  /// `a + b`.
  static func sum(_ a: Self, _ b: Self) -> Self
  /// `a - b`.
  static func difference(_ a: Self, _ b: Self) -> Self
  /// `a b`.
  static func product(_ a: Self, _ b: Self) -> Self
  /// `a / b`; for whole numbers rounded towards 0, and `a` if `b` is 0.
  static func quotient(_ a: Self, _ b: Self) -> Self
  /// The value as a double precision number.
  var double: Double { get }
  /// The value as a whole number: rounded towards 0, clamped to the range of the type, and 0 for not-a-number.
  var integer: Int64 { get }
  /// The representable value nearest to a double precision number.
  init(double: Double)
  /// The representable value nearest to a double precision number; beyond the range of a type of eight bits or less
  /// infinity or not a number, unless it saturates.
  init(double: Double, saturates: Bool)
  /// The low bits of a whole number, or the number nearest to it.
  init(integer: Int64)
}

extension Number {
  /// The nearest value: larger types are always treated alike.
  package init(double: Double, saturates: Bool) { self.init(double: double) }
}

extension Number where Self: BinaryFloatingPoint {
  /// Minus infinity.
  package static var least: Self { -.infinity }
  /// Infinity.
  package static var greatest: Self { .infinity }
  /// `a + b`.
  package static func sum(_ a: Self, _ b: Self) -> Self { a + b }
  /// `a - b`.
  package static func difference(_ a: Self, _ b: Self) -> Self { a - b }
  /// `a b`.
  package static func product(_ a: Self, _ b: Self) -> Self { a * b }
  /// `a / b`.
  package static func quotient(_ a: Self, _ b: Self) -> Self { a / b }
  /// The same value.
  package var double: Double { Double(self) }
  /// Rounded towards 0 and clamped to the range of the type.
  package var integer: Int64 {
    isNaN ? 0 : Int64(exactly: rounded(.towardZero)) ?? (self < 0 ? .min : .max)
  }
  /// The nearest value.
  package init(double: Double) { self.init(double) }
  /// The nearest value.
  package init(integer: Int64) { self.init(integer) }
}

extension Number where Self: FixedWidthInteger {
  /// The least value.
  package static var least: Self { .min }
  /// The greatest value.
  package static var greatest: Self { .max }
  /// `a + b`, wrapped around.
  package static func sum(_ a: Self, _ b: Self) -> Self { a &+ b }
  /// `a - b`, wrapped around.
  package static func difference(_ a: Self, _ b: Self) -> Self { a &- b }
  /// `a b`, wrapped around.
  package static func product(_ a: Self, _ b: Self) -> Self { a &* b }
  /// `a / b` rounded towards 0, and `a` if `b` is 0.
  package static func quotient(_ a: Self, _ b: Self) -> Self {
    a.dividedReportingOverflow(by: b).partialValue
  }
  /// The nearest value.
  package var double: Double { Double(self) }
  /// The low bits.
  package var integer: Int64 { Int64(truncatingIfNeeded: self) }
  /// Rounded towards 0 and clamped to the range of the type; 0 for not-a-number.
  package init(double: Double) {
    self =
      double.isNaN ? 0 : Self(exactly: double.rounded(.towardZero)) ?? (double < 0 ? .min : .max)
  }
  /// The low bits.
  package init(integer: Int64) { self.init(truncatingIfNeeded: integer) }
}

extension Float: Number {}
extension Double: Number {}
extension Int8: Number {}
extension Int16: Number {}
extension Int32: Number {}
extension Int64: Number {}
extension UInt8: Number {}
extension UInt16: Number {}
extension UInt32: Number {}
extension UInt64: Number {}

extension ElementType {
  /// The Swift type of numbers of this type; `nil` for types without arithmetic.
  package var number: (any Number.Type)? {
    switch self {
    case .float32: Float.self
    case .float64: Double.self
    case .int8: Int8.self
    case .int16: Int16.self
    case .int32: Int32.self
    case .int64: Int64.self
    case .uint8: UInt8.self
    case .uint16: UInt16.self
    case .uint32: UInt32.self
    case .uint64: UInt64.self
    case .float8e4m3fn: SmallFloat<E4M3FN>.self
    case .float8e4m3fnuz: SmallFloat<E4M3FNUZ>.self
    case .float8e5m2: SmallFloat<E5M2>.self
    case .float8e5m2fnuz: SmallFloat<E5M2FNUZ>.self
    case .float4e2m1: SmallFloat<E2M1>.self
    case .int4: Int4.self
    case .uint4: UInt4.self
    case .float16, .bfloat16, .bool, .string, .complex64, .complex128: nil
    }
  }
}
