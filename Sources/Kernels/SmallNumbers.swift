import EspalierTensors

extension SmallFloat: Number {
  /// 0.
  package static var zero: Self { Self(double: 0) }
  /// The least finite value.
  package static var least: Self { Self(-.infinity, saturates: true) }
  /// The greatest finite value.
  package static var greatest: Self { Self(.infinity, saturates: true) }
  /// `a + b`, rounded.
  package static func sum(_ a: Self, _ b: Self) -> Self { Self(double: a.double + b.double) }
  /// `a - b`, rounded.
  package static func difference(_ a: Self, _ b: Self) -> Self { Self(double: a.double - b.double) }
  /// `a b`, rounded.
  package static func product(_ a: Self, _ b: Self) -> Self { Self(double: a.double * b.double) }
  /// `a / b`, rounded.
  package static func quotient(_ a: Self, _ b: Self) -> Self { Self(double: a.double / b.double) }
  /// Rounded towards 0; 0 for not-a-number.
  package var integer: Int64 { double.integer }
  /// The nearest value, or the largest.
  package init(double: Double) { self.init(double, saturates: true) }
  /// The nearest value; beyond the range infinity or not a number, unless it saturates.
  package init(double: Double, saturates: Bool) { self.init(double, saturates: saturates) }
  /// The nearest value, or the largest.
  package init(integer: Int64) { self.init(Double(integer), saturates: true) }
}

extension Int4: Number {
  /// 0.
  package static var zero: Self { Self(bits: 0) }
  /// -8.
  package static var least: Self { Self(bits: 8) }
  /// 7.
  package static var greatest: Self { Self(bits: 7) }
  /// `a + b`, wrapped around.
  package static func sum(_ a: Self, _ b: Self) -> Self { Self(integer: a.integer + b.integer) }
  /// `a - b`, wrapped around.
  package static func difference(_ a: Self, _ b: Self) -> Self {
    Self(integer: a.integer - b.integer)
  }
  /// `a b`, wrapped around.
  package static func product(_ a: Self, _ b: Self) -> Self { Self(integer: a.integer * b.integer) }
  /// `a / b` rounded towards 0, and `a` if `b` is 0.
  package static func quotient(_ a: Self, _ b: Self) -> Self {
    b.value == 0 ? a : Self(integer: a.integer / b.integer)
  }
  /// The same value.
  package var double: Double { Double(value) }
  /// The same value.
  package var integer: Int64 { Int64(value) }
  /// Rounded towards 0 and clamped to the range.
  package init(double: Double) { self.init(integer: Int64(Int8(double: min(max(double, -8), 7)))) }
  /// The low bits.
  package init(integer: Int64) { self.init(bits: UInt8(truncatingIfNeeded: integer)) }
}

extension UInt4: Number {
  /// 0.
  package static var zero: Self { Self(bits: 0) }
  /// 0.
  package static var least: Self { zero }
  /// 15.
  package static var greatest: Self { Self(bits: 15) }
  /// `a + b`, wrapped around.
  package static func sum(_ a: Self, _ b: Self) -> Self { Self(integer: a.integer + b.integer) }
  /// `a - b`, wrapped around.
  package static func difference(_ a: Self, _ b: Self) -> Self {
    Self(integer: a.integer - b.integer)
  }
  /// `a b`, wrapped around.
  package static func product(_ a: Self, _ b: Self) -> Self { Self(integer: a.integer * b.integer) }
  /// `a / b` rounded towards 0, and `a` if `b` is 0.
  package static func quotient(_ a: Self, _ b: Self) -> Self {
    b.value == 0 ? a : Self(integer: a.integer / b.integer)
  }
  /// The same value.
  package var double: Double { Double(value) }
  /// The same value.
  package var integer: Int64 { Int64(value) }
  /// Rounded towards 0 and clamped to the range.
  package init(double: Double) { self.init(integer: Int64(UInt8(double: min(max(double, 0), 15)))) }
  /// The low bits.
  package init(integer: Int64) { self.init(bits: UInt8(truncatingIfNeeded: integer)) }
}
