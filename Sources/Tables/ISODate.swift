/// Dates and times of ISO 8601: `2024-03-01`, `2024-03-01T12:30`, `2024-03-01 12:30:15.5Z`, `2024-03-01T12:30+02:00`.
enum ISODate {
  /// The days since 1970-01-01, with the time of day as a fraction; `nil` for anything else. Times without a zone are
  /// UTC.
  static func days(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
      (1...12).contains(month), day >= 1, day <= length(of: month, year)
    else { return nil }
    let date = Double(daysBefore(year, month, day))
    guard bytes.count > 10 else { return date }
    guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "), let seconds = seconds(bytes[11...]) else {
      return nil
    }
    return date + seconds / 86_400
  }

  /// The seconds since midnight in UTC of `hh:mm`, `hh:mm:ss` or `hh:mm:ss.sss`, with a zone or without.
  private static func seconds(_ time: ArraySlice<UInt8>) -> Double? {
    var clock = time
    var offset = 0
    if clock.last == UInt8(ascii: "Z") {
      clock = clock.dropLast()
    } else if let sign = clock.firstIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) {
      let zone = clock[sign...].dropFirst().filter { $0 != UInt8(ascii: ":") }
      guard zone.count == 4, let hours = number(zone[..<2]), let minutes = number(zone[2...]) else { return nil }
      offset = (60 * hours + minutes) * (clock[sign] == UInt8(ascii: "-") ? -60 : 60)
      clock = clock[..<sign]
    }
    let parts = clock.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, parts[0].count == 2, parts[1].count == 2,
      let hours = number(parts[0]), let minutes = number(parts[1]), hours < 24, minutes < 60
    else { return nil }
    var seconds = 0.0
    if parts.count == 3 {
      guard let own = Double(String(decoding: parts[2], as: UTF8.self)), parts[2].prefix(2).allSatisfy(isDigit),
        (0..<61).contains(own)
      else { return nil }
      seconds = own
    }
    return Double(3600 * hours + 60 * minutes - offset) + seconds
  }

  /// The days from 1970-01-01 to a date of the Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level Date
  /// Algorithms", `days_from_civil`).
  private static func daysBefore(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let ofEra = year - era * 400
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  private static func length(of month: Int, _ year: Int) -> Int {
    guard month == 2 else { return [4, 6, 9, 11].contains(month) ? 30 : 31 }
    return year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
  }

  private static func number(_ digits: some Collection<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
    return digits.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
