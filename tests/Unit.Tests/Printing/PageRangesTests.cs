using Actors.Printing;

namespace Actors.Unit.Tests.Printing;

public sealed class PageRangesTests
{
    private const int Inputs = 1_000_000;

    [Theory]
    [InlineData("", 0, 0, "")]
    [InlineData(" \t\n", 0, 0, "")]
    [InlineData("7", 1, 7, "7")]
    [InlineData("9-10", 2, 10, "9-10")]
    [InlineData("1-5,3,2", 7, 5, "1-5,3,2")]
    [InlineData(" 2 - 5 , 7 ", 5, 7, "2-5,7")]
    [InlineData("10-13,16,18,20,21,24,25,27,28,30", 13, 30, "10-13,16,18,20,21,24,25,27,28,30")]
    [InlineData("5,5,5", 3, 5, "5,5,5")]
    [InlineData("007", 1, 7, "007")]
    [InlineData("1-1000000000", 1_000_000_000, 1_000_000_000, "1-1000000000")]
    [InlineData("99999999999999999999", 1, int.MaxValue, "99999999999999999999")]
    public void Parse_Pages_CountsThem(string text, long count, int last, string kept)
    {
        var ranges = PageRanges.Parse(text);

        Assert.NotNull(ranges);
        Assert.Equal((count, last, kept), (ranges.Count, ranges.Last, ranges.Text));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("0-3")]
    [InlineData("1-2-3")]
    [InlineData("5-2")]
    [InlineData("-2")]
    [InlineData("2-")]
    [InlineData(",")]
    [InlineData("1,")]
    [InlineData(",1")]
    [InlineData("1,,2")]
    [InlineData("a")]
    [InlineData("1;2")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("١")]
    public void Parse_AnythingElse_IsNoPages(string text) => Assert.Null(PageRanges.Parse(text));

    [Fact]
    public void Parse_TooLong_IsNoPages()
    {
        Assert.NotNull(PageRanges.Parse(new string('1', PageRanges.MaxLength)));
        Assert.Null(PageRanges.Parse(new string('1', PageRanges.MaxLength + 1)));
    }

    [Theory]
    [InlineData(10, "", 1, false, 10)]
    [InlineData(10, "", 1, true, 5)]
    [InlineData(11, "", 2, true, 12)]
    [InlineData(10, "1-5,3,2", 1, true, 4)]
    [InlineData(10, "1", 3, false, 3)]
    [InlineData(10, "1-2147483647", 10_000, false, 21_474_836_470_000)]
    public void Sheets_OfAPrint_AreCountedAsPrintApiDoes(int pages, string text, int copies, bool twoSided, long sheets) =>
        Assert.Equal(sheets, PageRanges.Sheets(pages, new PrintOptions(text, copies, twoSided)));

    [Fact]
    public void Parse_AMillionInputs_AgreesWithExpandingThem()
    {
        const string Alphabet = "0123456789,,--  1\tx";
        var random = new Random(4);
        Span<char> text = stackalloc char[14];
        var taken = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var length = random.Next(text.Length + 1);
            for (var j = 0; j < length; j++)
            {
                text[j] = Alphabet[random.Next(Alphabet.Length)];
            }

            var input = new string(text[..length]);
            var expected = Expand(input);
            var ranges = PageRanges.Parse(input);
            Assert.True((expected is null) == (ranges is null), input);
            if (ranges is not null)
            {
                taken++;
                Assert.True((ranges.Count, ranges.Last) == expected, input);
            }
        }

        Assert.InRange(taken, Inputs / 20, Inputs);
    }

    // the rule in the plainest words
    private static (long Count, int Last)? Expand(string input)
    {
        var text = string.Concat(input.Where(character => !char.IsWhiteSpace(character)));
        if (text.Length == 0)
        {
            return (0, 0);
        }

        var (count, last) = (0L, 0L);
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || ends.Any(end => end.Length == 0 || !end.All(char.IsAsciiDigit) || end.All(digit => digit == '0')))
            {
                return null;
            }

            var (from, to) = (Math.Min(System.Numerics.BigInteger.Parse(ends[0], null) > int.MaxValue ? int.MaxValue : long.Parse(ends[0], null), int.MaxValue),
                Math.Min(System.Numerics.BigInteger.Parse(ends[^1], null) > int.MaxValue ? int.MaxValue : long.Parse(ends[^1], null), int.MaxValue));
            if (from > to)
            {
                return null;
            }

            count += to - from + 1;
            last = Math.Max(last, to);
        }

        return (count, (int)last);
    }
}
