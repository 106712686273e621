using System.Globalization;
using Actors.Api.Problems;
using Actors.Printing;
using Microsoft.AspNetCore.Mvc;

namespace Actors.Api.Printing;

/// <summary>The refusals of printing, with print-api's own words in English and Russian (seed 001).</summary>
internal static class PrintRefusals
{
    /// <summary>The member of a problem that has the Russian words.</summary>
    public const string Russian = "ru";

    public static readonly Problem UnknownMember = new("member_unknown", 404, "User not found");
    public static readonly Problem DuplicateMembers = new("members_duplicate", 400, "Duplicates by union_numbers or student_numbers");
    public static readonly Problem NotAMember = new("member_none", 403, "User is not found in trade union list");
    public static readonly Problem NoPinFree = new("pin_none_free", 500, "Can not generate PIN. Too many users?");
    public static readonly Problem UnknownPin = new("pin_unknown", 404, "Pin not found");
    public static readonly Problem NothingReceived = new("file_missing", 400, "No file was recieved");
    public static readonly Problem UnsupportedType = new("file_type", 415, "Files of this type are not allowed");
    public static readonly Problem AlreadyUploaded = new("file_uploaded", 415, "File has been already uploaded");
    public static readonly Problem Corrupted = new("file_corrupted", 415, "File is corrupted");
    public static readonly Problem NotUploaded = new("file_absent", 415, "File has not been uploaded yet");
    public static readonly Problem TooLarge = new("file_too_large", 413, "Content too large");
    public static readonly Problem TooManySheets = new("file_too_long", 413, "Content too large");
    public static readonly Problem NoSuchPage = new("page_unknown", 416, "Invalid format");
    public static readonly Problem BadName = new("file_name", 422, "Unprocessable file instance");
    public static readonly Problem FilesUnknown = new("files_unknown", 404, "File not found");
    public static readonly Problem UnknownQr = new("qr_unknown", 400, "Terminal not found by QR");
    public static readonly Problem UnknownTerminal = new("terminal_unknown", 400, "Terminal not found by token");
    public static readonly Problem TerminalFull = new("terminal_full", 503, "The terminal has too much to do; try again later");
    public static readonly Problem NoSheetsLeft = new("quota_exceeded", 403, "The sheets of this month are used up");
    public static readonly Problem JobTaken = new("job_taken", 409, "The terminal has this job already");
    public static readonly Problem NoJob = new("job_unknown", 404, "This file is not being printed");
    public static readonly Problem TokenUsed = new("token_used", 409, "This terminal is connected already");
    public static readonly Problem UnknownPairing = new("pairing_unknown", 404, "No kiosk shows this code");
    public static readonly Problem NotTheOwner = new("file_foreign", 403, "Only the file's owner may delete it");
    public static readonly Problem UpgradeRequired = new("upgrade_required", 426, "Terminals connect here by websocket");

    private static readonly Dictionary<string, string> s_russian = new(StringComparer.Ordinal)
    {
        [UnknownMember.Code] = "Пользователь не найден",
        [DuplicateMembers.Code] = "Один или более пользователей в списке не являются уникальными",
        [NotAMember.Code] = "Отсутствует членство в профсоюзе",
        [NoPinFree.Code] = "Ошибка генерации ПИН-кода",
        [UnknownPin.Code] = "ПИН не найден",
        [NothingReceived.Code] = "Файл не получен",
        [UnsupportedType.Code] = "Неподдерживаемый формат файла",
        [AlreadyUploaded.Code] = "Файл уже загружен",
        [Corrupted.Code] = "Файл повреждён",
        [NotUploaded.Code] = "Файл не загружен",
        [TooLarge.Code] = "Размер файла превышает максимально допустимый",
        [TooManySheets.Code] = "Количество запрошенных страниц превышает допустимое число",
        [NoSuchPage.Code] = "Количество запрошенных страниц превышает их количество в файле",
        [BadName.Code] = "Необрабатываемый экземпляр файла",
        [FilesUnknown.Code] = "Файл не найден",
        [UnknownQr.Code] = "QR-код не найден",
        [UnknownTerminal.Code] = "Токен не найден",
        [TerminalFull.Code] = "Терминал занят, попробуйте позже",
        [NoSheetsLeft.Code] = "Лимит листов на этот месяц исчерпан",
        [JobTaken.Code] = "Терминал уже получил это задание",
        [NoJob.Code] = "Этот файл сейчас не печатается",
        [TokenUsed.Code] = "Этот терминал уже подключён",
        [UnknownPairing.Code] = "Такого кода нет ни на одном терминале",
        [NotTheOwner.Code] = "Удалить файл может только его владелец",
        [UpgradeRequired.Code] = "Терминалы подключаются здесь по websocket",
        [Refusals.Malformed.Code] = "Запрос не удалось прочитать",
        [Refusals.Unauthenticated.Code] = "Нужен действительный токен",
        [Refusals.MissingScope.Code] = "У токена нет нужного права",
        [Refusals.NotFound.Code] = "Здесь ничего нет",
        [Refusals.MethodNotAllowed.Code] = "Метод не поддерживается",
        [Refusals.RequestTimeout.Code] = "Запрос не был передан вовремя",
        [Refusals.TooLarge.Code] = "Запрос слишком велик",
        [Refusals.UnsupportedType.Code] = "Неподдерживаемый тип данных",
        [Refusals.TooManyMisses.Code] = "Слишком много неверных попыток, попробуйте позже",
        [Refusals.Unavailable.Code] = "Сервис временно недоступен, попробуйте ещё раз",
    };

    private const string RussianElse = "Ошибка на сервере";

    /// <summary>The Russian words for a problem.</summary>
    public static string RussianOf(ProblemDetails problem) =>
        problem.Extensions.TryGetValue(Russian, out var given) && given is string words ? words
        : problem.Extensions.TryGetValue("code", out var code) && code is string known && s_russian.TryGetValue(known, out var text) ? text
        : RussianElse;

    /// <summary>A refusal with words of its own in both languages.</summary>
    public static IResult ToResult(this Problem problem, string english, string russian)
    {
        var details = problem.ToDetails(english);
        details.Extensions[Russian] = russian;
        return Results.Problem(details);
    }

    public static IResult PinUnknown(string pin) => UnknownPin.ToResult(pin.Length == 0 ? null : $"Pin {pin} not found");

    public static IResult FilesMissing(int count) => FilesUnknown.ToResult(string.Create(CultureInfo.InvariantCulture, $"{count} file(s) not found"));

    public static IResult Of(PrintFileStatus status, string pin, PrintingOptions options) => status switch
    {
        PrintFileStatus.Unknown => PinUnknown(pin),
        PrintFileStatus.AlreadyUploaded => AlreadyUploaded.ToResult(),
        PrintFileStatus.NoSuchPage => NoSuchPage.ToResult(),
        PrintFileStatus.TooManySheets => TooManySheets.ToResult(
            $"Content too large, count of page: {options.MaxPageCount} is allowed",
            $"Количество запрошенных страниц превышает допустимое число: {options.MaxPageCount}"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    /// <param name="options">The settings.</param>
    /// <param name="left">How many sheets the owner has left, where that is known.</param>
    public static DeskAnswer QuotaExceeded(PrintingOptions options, long? left) => new(
        NoSheetsLeft,
        string.Create(CultureInfo.InvariantCulture, $"{options.MonthlySheets} sheets a month are allowed{(left is null ? "" : $", {left} are left")}"),
        string.Create(CultureInfo.InvariantCulture, $"В месяц разрешено листов: {options.MonthlySheets}{(left is null ? "" : $", осталось: {left}")}"));

    public static IResult SizeExceeded(PrintingOptions options) => TooLarge.ToResult(
        $"Content too large, {options.MaxSize} bytes allowed", $"Размер файла превышает максимально допустимый: {options.MaxSize}");

    public static IResult TypeRefused(PrintingOptions options, string? type) => UnsupportedType.ToResult(
        $"Only {string.Join(", ", options.ContentTypes)} files allowed, but {type ?? "nothing"} was recieved",
        $"Неподдерживаемый формат файла. Допустимые: {string.Join(", ", options.ContentTypes)}");
}
