import EspalierTensors
import Testing

@Suite struct HalfPrecisionTests {
  @Test(arguments: [ElementType.float16, .bfloat16]) func everyNumberComesBackBitForBit(type: ElementType) {
    let bytes = (0..<65536).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    let all = Tensor(shape: [65536], elementType: type, bytes: bytes)
    #expect(all.widened().narrowed(to: type) == all)
  }

  @Test func numbersBetweenAreRoundedToEven() {
    func half(_ x: Float) -> Float { x.rounded(to: .float16) }
    // Half precision has steps of 1/1024 above 1 and of 2^-24 near 0.
    #expect(half(1 + 0x1p-11) == 1 && half(1 + 3 * 0x1p-11) == 1 + 0x1p-9)
    #expect(half(1 + 0x1p-11 + 0x1p-20) == 1 + 0x1p-10)
    #expect(half(0x1p-25) == 0 && half(3 * 0x1p-25) == 0x1p-23 && half(-0x1p-24) == -0x1p-24)
    #expect(half(65519) == 65504 && half(65520) == .infinity && half(-1e9) == -.infinity)
    // Between two numbers of 8 significant bits.
    #expect(Float(1 + 0x1p-8).rounded(to: .bfloat16) == 1 && Float(1 + 3 * 0x1p-8).rounded(to: .bfloat16) == 1 + 0x1p-6)
    #expect(Float.greatestFiniteMagnitude.rounded(to: .bfloat16) == .infinity)
    #expect(Float.nan.rounded(to: .bfloat16).isNaN && Float.nan.rounded(to: .float16).isNaN)
    #expect(Float(0.1).rounded(to: .float32) == 0.1)
  }
}
