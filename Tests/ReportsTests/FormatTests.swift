import EspalierReports
import Testing

@Suite("Numbers for people")
struct FormatTests {
  @Test(
    "counts have three digits and an SI prefix",
    arguments: [
      (0.0, "0"), (7, "7"), (512, "512"), (999, "999"), (1000, "1.00 k"), (21_797_672, "21.8 M"), (3.68e9, "3.68 G"),
      (999_999, "1.00 M"), (0.5, "0.500"), (-1500, "-1.50 k"),
    ])
  func counts(value: Double, text: String) { #expect(Format.count(value) == text) }

  @Test(
    "times choose their unit",
    arguments: [
      (0.0, "0 s"), (1.24, "1.24 s"), (0.012, "12.0 ms"), (0.00038, "380 µs"), (0.9999, "1.00 s"),
      (59.96, "1 min 00 s"),
      (125, "2 min 05 s"), (3725, "1 h 02 min"),
    ])
  func durations(seconds: Double, text: String) { #expect(Format.duration(seconds) == text) }

  @Test(
    "significant digits",
    arguments: [
      (0.0, "0"), (0.0123, "0.0123"), (1.5e-9, "1.5e-9"), (999.96, "1000"), (1234.5678, "1235"), (2, "2"),
      (1e12, "1e12"),
      (-0.25, "-0.25"), (Double.infinity, "∞"), (-Double.infinity, "-∞"), (Double.nan, "NaN"),
    ])
  func numbers(value: Double, text: String) { #expect(Format.number(value) == text) }

  @Test func others() {
    #expect(Format.bytes(83 * 1_048_576) == "83.0 MiB")
    #expect(Format.bytes(512) == "512 B")
    #expect(Format.percent(0.8784) == "87.8 %")
    #expect(Format.percent(1, decimals: 0) == "100 %")
    #expect(Format.times(1.816) == "1.82×")
    #expect(Format.grouped(21_797_672) == "21,797,672")
    #expect(Format.grouped(-1000) == "-1,000")
    #expect(Format.grouped(Int.min).hasPrefix("-9,223,372"))
    #expect(Format.fixed(-0.001, decimals: 2) == "0.00")
  }
}
