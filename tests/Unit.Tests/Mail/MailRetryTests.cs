using Actors.Silo.Mail;

namespace Actors.Unit.Tests.Mail;

public sealed class MailRetryTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData(1, 48, 72)]
    [InlineData(2, 96, 144)]
    [InlineData(10, 2880, 4320)]
    public void Next_AfterATry_IsLaterEachTimeWithinAFifth(int tries, int least, int most)
    {
        var pause = (MailRetry.Next(tries, Now)!.Value - Now).TotalSeconds;

        Assert.InRange(pause, least, most);
    }

    [Fact]
    public void Next_AfterTheLastTry_IsNever() => Assert.Null(MailRetry.Next(MailRetry.MaxTries, Now));
}
