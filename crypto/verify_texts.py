"""What `phieukin verify` says, in Vietnamese and English.

crypto may not use the services' catalogues, so this is a plain table. Technical
detail inside a sentence, such as what exactly is wrong with a byte, stays English.
"""

from typing import Literal

Language = Literal["vi", "en"]

TITLES: dict[str, dict[Language, str]] = {
    "archive.form": {
        "vi": "Tệp lưu trữ đúng dạng chuẩn đến từng byte",
        "en": "The archive is in canonical form, byte for byte",
    },
    "archive.records": {
        "vi": "Mỗi bản ghi thuộc đúng một sự kiện, đúng thứ tự",
        "en": "Every record belongs to one event, in order",
    },
    "board.chain": {
        "vi": "Chuỗi sự kiện nối liền, không bị sửa",
        "en": "The events form one unbroken chain",
    },
    "board.order": {
        "vi": "Các sự kiện đúng trình tự và đầy đủ đến kết quả",
        "en": "The events come in the right order, up to the result",
    },
    "setup.election": {
        "vi": "Mẫu phiếu đọc được, đúng phiên bản",
        "en": "The election can be read and is of the known version",
    },
    "setup.questions": {
        "vi": "Các câu hỏi thuộc loại kiểm được",
        "en": "All questions are of a kind that can be checked",
    },
    "setup.trustees": {
        "vi": "Khóa của tổ kiểm phiếu có chứng minh hợp lệ",
        "en": "The trustees' keys are proven",
    },
    "setup.key": {
        "vi": "Khóa của cuộc bầu đúng là khóa chung của tổ kiểm phiếu",
        "en": "The election's key is the trustees' joint key",
    },
    "setup.credentials": {
        "vi": "Danh sách thẻ phiếu hợp lệ, không trùng",
        "en": "The list of cards is valid, without repetition",
    },
    "ballots.form": {
        "vi": "Mọi phiếu đúng dạng và thuộc cuộc bầu này",
        "en": "Every ballot is well-formed and for this election",
    },
    "ballots.credential": {
        "vi": "Mọi phiếu do thẻ có trong danh sách bỏ",
        "en": "Every ballot is by a listed card",
    },
    "ballots.signature": {
        "vi": "Mọi phiếu có chữ ký hợp lệ của thẻ",
        "en": "Every ballot is signed by its card",
    },
    "ballots.proofs": {
        "vi": "Mọi phiếu có chứng minh đánh dấu hợp lệ",
        "en": "Every ballot proves that its marks are allowed",
    },
    "ballots.cards": {
        "vi": "Mỗi thẻ chỉ bỏ một phiếu",
        "en": "Every card voted once",
    },
    "ballots.replay": {
        "vi": "Không có phiếu hay bản mã nào lặp lại",
        "en": "No ballot or ciphertext occurs twice",
    },
    "tally.ballots": {
        "vi": "Tổng mã hóa đúng là tổng của các phiếu",
        "en": "The encrypted tally is the sum of the ballots",
    },
    "tally.counts": {
        "vi": "Số phiếu và tổng trọng số đúng",
        "en": "The number of ballots and their weight are right",
    },
    "decryption.owners": {
        "vi": "Mỗi thành viên tổ kiểm phiếu giải mã nhiều nhất một lần",
        "en": "Every trustee decrypted at most once",
    },
    "decryption.proofs": {
        "vi": "Mọi phần giải mã có chứng minh hợp lệ",
        "en": "Every partial decryption is proven",
    },
    "decryption.complete": {
        "vi": "Đủ số thành viên tham gia giải mã",
        "en": "Enough trustees decrypted",
    },
    "result": {
        "vi": "Kết quả đúng theo các phần giải mã",
        "en": "The result follows from the decryptions",
    },
}

REASONS: dict[str, dict[Language, str]] = {
    "records": {"vi": "{count} bản ghi", "en": "{count} records"},
    "events": {"vi": "{count} sự kiện", "en": "{count} events"},
    "ballots": {"vi": "{count} phiếu", "en": "{count} ballots"},
    "cards": {"vi": "{count} thẻ", "en": "{count} cards"},
    "questions": {"vi": "{count} câu hỏi", "en": "{count} questions"},
    "trustees": {"vi": "{count} thành viên", "en": "{count} trustees"},
    "identified": {"vi": "mã cuộc bầu {uuid}", "en": "election {uuid}"},
    "holds": {"vi": "khớp", "en": "they agree"},
    "counts": {
        "vi": "{count} phiếu, tổng trọng số {weight}",
        "en": "{count} ballots of weight {weight}",
    },
    "revotes": {
        "vi": "{count} phiếu bị thay bằng phiếu sau của cùng thẻ (được phép)",
        "en": "{count} ballots replaced by a later one of the same card (allowed)",
    },
    "fault": {"vi": "{detail}", "en": "{detail}"},
    "faults": {
        "vi": "{detail}; và {more} lỗi nữa",
        "en": "{detail}; and {more} more",
    },
    "blocked": {
        "vi": "không kiểm được vì mục {by} không đạt",
        "en": "could not be checked because {by} failed",
    },
    "open": {
        "vi": "cuộc bỏ phiếu chưa kết thúc, còn thiếu: {missing}",
        "en": "the election is not finished, still missing: {missing}",
    },
    "shuffled": {
        "vi": "câu hỏi {number} cần trộn phiếu (non-homomorphic), chưa được hỗ trợ",
        "en": "question {number} needs a shuffle (non-homomorphic): not supported yet",
    },
    "ballot": {
        "vi": "phiếu thứ {number} (mã tra cứu {tracker}): {detail}",
        "en": "ballot {number} (tracker {tracker}): {detail}",
    },
    "ballot_more": {
        "vi": "phiếu thứ {number} (mã tra cứu {tracker}): {detail};"
        " và {more} phiếu nữa",
        "en": "ballot {number} (tracker {tracker}): {detail}; and {more} more",
    },
    "twice": {
        "vi": "phiếu thứ {first} và thứ {second} do cùng một thẻ bỏ",
        "en": "ballots {first} and {second} are by the same card",
    },
    "replayed": {
        "vi": "phiếu thứ {second} lặp lại nội dung của phiếu thứ {first}",
        "en": "ballot {second} repeats what is in ballot {first}",
    },
    "absent": {"vi": "thiếu {what}", "en": "{what} is missing"},
    "differs": {
        "vi": "khác với phép tính lại từ các phiếu",
        "en": "differs from what the ballots add up to",
    },
    "unreadable": {
        "vi": "không tính lại được vì có phiếu không đọc được",
        "en": "cannot be computed because a ballot cannot be read",
    },
    "wrong_counts": {
        "vi": "ghi {said} phiếu, trọng số {said_weight};"
        " đếm được {count} phiếu, trọng số {weight}",
        "en": "says {said} ballots of weight {said_weight};"
        " there are {count} of weight {weight}",
    },
    "owner_twice": {
        "vi": "thành viên {owner} có hai phần giải mã",
        "en": "trustee {owner} has two partial decryptions",
    },
    "share": {
        "vi": "thành viên {owner}: {detail}",
        "en": "trustee {owner}: {detail}",
    },
    "too_few": {"vi": "còn thiếu {missing}", "en": "missing {missing}"},
    "wrong_result": {
        "vi": "kết quả ghi {said}, tính lại được {computed}",
        "en": "the result says {said}, the decryptions say {computed}",
    },
}

CONCLUSIONS: dict[str, dict[Language, str]] = {
    "valid": {
        "vi": "ĐẠT: mọi mục đều đúng",
        "en": "VALID: every check passed",
    },
    "invalid": {
        "vi": "KHÔNG ĐẠT: {count} mục không đúng",
        "en": "NOT VALID: {count} checks failed",
    },
    "unreadable": {
        "vi": "Không đọc được tệp {file}: {detail}",
        "en": "Cannot read {file}: {detail}",
    },
    "not_an_archive": {
        "vi": "Tệp {file} bị hỏng, bị cắt ngắn hoặc không phải tệp lưu trữ cuộc bầu:"
        " {detail}",
        "en": "{file} is damaged, cut off or not an election archive: {detail}",
    },
    "progress": {"vi": "Đang kiểm phiếu", "en": "Checking ballots"},
    "result": {"vi": "Kết quả", "en": "Result"},
    "blank": {"vi": "Phiếu trắng", "en": "Blank"},
    "election": {"vi": "Cuộc bầu", "en": "Election"},
}
