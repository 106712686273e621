using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Actors.Printing;

/// <summary>How printing behaves; the settings have the names of print-api (seed 001).</summary>
public class PrintingOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Print";

    /// <summary>Types of content that are taken, of which only PDF can be printed. Default: application/pdf.</summary>
    [ConfigurationKeyName("CONTENT_TYPES")]
    public IReadOnlyList<string> ContentTypes { get; set; } = ["application/pdf"];

    /// <summary>Largest file in bytes. Default: 25 MiB.</summary>
    [Range(1L, 1L << 31)]
    [ConfigurationKeyName("MAX_SIZE")]
    public long MaxSize { get; set; } = 25 << 20;

    /// <summary>Sheets of one file at most, all copies together. Default: 50.</summary>
    [Range(1, 10_000)]
    [ConfigurationKeyName("MAX_PAGE_COUNT")]
    public int MaxPageCount { get; set; } = 50;

    /// <summary>How long a file is kept, in hours. Default: 168, a week.</summary>
    [Range(1, 100_000)]
    [ConfigurationKeyName("STORAGE_TIME")]
    public int StorageTime { get; set; } = 168;

    /// <summary>Whether members without a union number may print. Default: no.</summary>
    [ConfigurationKeyName("ALLOW_STUDENT_NUMBER")]
    public bool AllowStudentNumber { get; set; }

    /// <summary>What pins are made of; case does not count. Default: A to Z and 0 to 9.</summary>
    [RegularExpression("^[A-Z0-9]{2,36}$", ErrorMessage = "{0} must be capital letters A to Z and digits, at least two")]
    [ConfigurationKeyName("PIN_SYMBOLS")]
    public string PinSymbols { get; set; } = Symbols.LettersAndDigits;

    /// <summary>Symbols of a pin. Default: 6.</summary>
    [Range(4, 64)]
    [ConfigurationKeyName("PIN_LENGTH")]
    public int PinLength { get; set; } = 6;

    /// <summary>What stands before a QR token on the screen. Default: nothing.</summary>
    [StringLength(1_000)]
    [ConfigurationKeyName("QR_TOKEN_PREFIX")]
    public string QrTokenPrefix { get; set; } = "";

    /// <summary>What QR tokens are made of. Default: A to Z and 0 to 9.</summary>
    [RegularExpression("^[A-Za-z0-9]{2,62}$", ErrorMessage = "{0} must be letters and digits, at least two")]
    [ConfigurationKeyName("QR_TOKEN_SYMBOLS")]
    public string QrTokenSymbols { get; set; } = Symbols.LettersAndDigits;

    /// <summary>Symbols of a QR token. Default: 6.</summary>
    [Range(4, 64)]
    [ConfigurationKeyName("QR_TOKEN_LENGTH")]
    public int QrTokenLength { get; set; } = 6;

    /// <summary>How long a QR token is shown, in seconds. Default: 30.</summary>
    [Range(1, 86_400)]
    [ConfigurationKeyName("QR_TOKEN_TTL")]
    public int QrTokenTtl { get; set; } = 30;

    /// <summary>How long it is still good after it left the screen, in seconds. Default: 5.</summary>
    [Range(0, 3_600)]
    [ConfigurationKeyName("QR_TOKEN_DELAY")]
    public int QrTokenDelay { get; set; } = 5;

    /// <summary>The folder of uploaded files. Default: files in the data folder, or in a cluster its database.</summary>
    [ConfigurationKeyName("STATIC_FOLDER")]
    public string? StaticFolder { get; set; }

    /// <summary>The same by its other name.</summary>
    [ConfigurationKeyName("STATIC_PATH")]
    public string? StaticPath { get; set; }

    /// <summary>How long a connection has to prove that it lives when another one wants its place. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0500000", "00:01:00")]
    public TimeSpan ProbeTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Where the routes lie. Default: /print.</summary>
    [RegularExpression("^(/[A-Za-z0-9_-]{1,50}){1,5}$", ErrorMessage = "{0} must be a path such as /print")]
    public string Prefix { get; set; } = "/print";

    /// <summary>Sheets that a member may print in a month (UTC). Default: as many as he likes.</summary>
    [Range(1, 1_000_000)]
    public int? MonthlySheets { get; set; }

    /// <summary>Wrong pins in ten minutes after which an address is refused. Default: 10.</summary>
    [Range(1, 1_000_000)]
    public int PinMisses { get; set; } = 10;

    /// <summary>Wrong pins in ten minutes after which a terminal is refused. Default: 10.</summary>
    [Range(1, 1_000_000)]
    public int TerminalPinMisses { get; set; } = 10;

    /// <summary>Wrong pins of all strangers in ten minutes after which only those are answered who uploaded of late, and have none. Default: 15.</summary>
    [Range(1, 1_000_000)]
    public int TotalPinMisses { get; set; } = 15;

    /// <summary>Wrong pins of all terminals in ten minutes after which only those without any are answered. Default: 25.</summary>
    [Range(1, 1_000_000)]
    public int TotalTerminalPinMisses { get; set; } = 25;

    /// <summary>How long a kiosk's pairing code is good. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan PairingTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Jobs and commands that may wait for one terminal. Default: 50.</summary>
    [Range(1, 1_000)]
    public int MaxWaiting { get; set; } = 50;
}

/// <summary>Checks <see cref="PrintingOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class PrintingOptionsValidator : IValidateOptions<PrintingOptions>;
